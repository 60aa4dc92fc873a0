import { formatRfc2822 } from '../twilio/twilio.module.js';
import type { MessageRecord } from './message-book.js';
import { countSmsSegments } from './sms-segments.js';

/** Maps a text message to Twilio's JSON (`api.v2010.account.message`). */
export function toMessageJson(message: MessageRecord, accountSid: string): Record<string, unknown> {
  const uri = `/2010-04-01/Accounts/${accountSid}/Messages/${message.sid}`;
  return {
    sid: message.sid,
    account_sid: accountSid,
    api_version: '2010-04-01',
    to: message.to,
    from: message.from,
    body: message.body,
    direction: message.direction,
    status: message.status,
    num_segments: String(countSmsSegments(message.body)),
    num_media: '0',
    messaging_service_sid: null,
    date_created: formatRfc2822(message.createdAt),
    date_updated: formatRfc2822(message.updatedAt),
    date_sent: message.sentAt === null ? null : formatRfc2822(message.sentAt),
    error_code: message.errorCode,
    error_message: null,
    price: null,
    price_unit: 'USD',
    uri: `${uri}.json`,
    subresource_uris: { media: `${uri}/Media.json` },
  };
}
