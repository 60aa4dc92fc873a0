import type { CallRecord } from '../call-book/call-book.module.js';

/**
 * The parameters of every voice webhook. City, state and zip are empty, as Twilio sends them when it does not know
 * them.
 */
export function callParameters(
  call: CallRecord,
  accountSid: string,
  status: string = call.status,
): Record<string, string> {
  return {
    AccountSid: accountSid,
    ApiVersion: '2010-04-01',
    CallSid: call.sid,
    CallStatus: status,
    Called: call.to,
    CalledCity: '',
    CalledCountry: country(call.to),
    CalledState: '',
    CalledZip: '',
    Caller: call.from,
    CallerCity: '',
    CallerCountry: country(call.from),
    CallerState: '',
    CallerZip: '',
    Direction: call.direction,
    From: call.from,
    FromCity: '',
    FromCountry: country(call.from),
    FromState: '',
    FromZip: '',
    To: call.to,
    ToCity: '',
    ToCountry: country(call.to),
    ToState: '',
    ToZip: '',
    ...(call.parentCallSid === null ? {} : { ParentCallSid: call.parentCallSid }),
    ...(call.answeredBy === null ? {} : { AnsweredBy: call.answeredBy }),
  };
}

function country(phone: string): string {
  return phone.startsWith('+1') ? 'US' : '';
}
