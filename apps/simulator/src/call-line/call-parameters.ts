import type { CallRecord } from '../call-book/call-book.module.js';

/**
 * Creates the parameters that every voice webhook has. City, state and zip are empty, as Twilio sends them when they
 * are unknown.
 */
export function toCallParameters(
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
    CalledCountry: toCountry(call.to),
    CalledState: '',
    CalledZip: '',
    Caller: call.from,
    CallerCity: '',
    CallerCountry: toCountry(call.from),
    CallerState: '',
    CallerZip: '',
    Direction: call.direction,
    From: call.from,
    FromCity: '',
    FromCountry: toCountry(call.from),
    FromState: '',
    FromZip: '',
    To: call.to,
    ToCity: '',
    ToCountry: toCountry(call.to),
    ToState: '',
    ToZip: '',
    ...(call.parentCallSid === null ? {} : { ParentCallSid: call.parentCallSid }),
    ...(call.answeredBy === null ? {} : { AnsweredBy: call.answeredBy }),
  };
}

function toCountry(phone: string): string {
  return phone.startsWith('+1') ? 'US' : '';
}
