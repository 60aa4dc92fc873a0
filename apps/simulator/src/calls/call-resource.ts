import { formatRfc2822 } from '../twilio/twilio.module.js';
import type { CallRecord } from '../call-book/call-book.module.js';

/** Names of the subresources in Twilio's JSON, with the last segment of their URLs. */
const SUBRESOURCES = {
  events: 'Events',
  notifications: 'Notifications',
  payments: 'Payments',
  recordings: 'Recordings',
  siprec: 'Siprec',
  streams: 'Streams',
  transcriptions: 'Transcriptions',
  user_defined_message_subscriptions: 'UserDefinedMessageSubscriptions',
  user_defined_messages: 'UserDefinedMessages',
};

/** Maps a call to Twilio's JSON (`api.v2010.account.call`). */
export function toCallJson(call: CallRecord, accountSid: string): Record<string, unknown> {
  const uri = `/2010-04-01/Accounts/${accountSid}/Calls/${call.sid}`;
  const toDate = (at: number | null): string | null => (at === null ? null : formatRfc2822(at));
  return {
    sid: call.sid,
    date_created: toDate(call.createdAt),
    date_updated: toDate(call.updatedAt),
    parent_call_sid: call.parentCallSid,
    account_sid: accountSid,
    to: call.to,
    to_formatted: formatPhone(call.to),
    from: call.from,
    from_formatted: formatPhone(call.from),
    phone_number_sid: null,
    status: call.status,
    start_time: toDate(call.startedAt),
    end_time: toDate(call.endedAt),
    duration: call.endedAt === null ? null : String(call.durationSeconds ?? 0),
    price: null,
    price_unit: 'USD',
    direction: call.direction,
    answered_by: call.answeredBy,
    api_version: '2010-04-01',
    forwarded_from: null,
    group_sid: null,
    caller_name: null,
    queue_time: String(Math.max(0, (call.startedAt ?? call.createdAt) - call.createdAt)),
    trunk_sid: null,
    uri: `${uri}.json`,
    subresource_uris: Object.fromEntries(
      Object.entries(SUBRESOURCES).map(([name, folder]) => [name, `${uri}/${folder}.json`]),
    ),
  };
}

/** Formats North American numbers as Twilio does, `(415) 867-5308`. Other numbers are unchanged. */
function formatPhone(phone: string): string {
  const match = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(phone);
  return match ? `(${match[1]}) ${match[2]}-${match[3]}` : phone;
}
