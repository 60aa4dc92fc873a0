import { formatRfc2822 } from '../twilio/twilio.module.js';
import type { RecordingRecord } from './recording-book.js';

/** Returns the URL of a recording's media, without an extension. */
export function toMediaUrl(publicUrl: string, accountSid: string, recordingSid: string): string {
  return `${publicUrl}/2010-04-01/Accounts/${accountSid}/Recordings/${recordingSid}`;
}

/** Rounds a duration up to whole seconds, as Twilio does, so that half a second is reported as 1 and not as 0. */
export function toWholeSeconds(ms: number): number {
  return Math.ceil(ms / 1000);
}

/** Maps a recording to Twilio's JSON (`api.v2010.account.recording`). */
export function toRecordingJson(
  recording: RecordingRecord,
  accountSid: string,
  publicUrl: string,
): Record<string, unknown> {
  const uri = `/2010-04-01/Accounts/${accountSid}/Recordings/${recording.sid}`;
  return {
    ...toSharedFields(recording, accountSid),
    price: null,
    uri: `${uri}.json`,
    media_url: toMediaUrl(publicUrl, accountSid, recording.sid),
    subresource_uris: { add_on_results: `${uri}/AddOnResults.json`, transcriptions: `${uri}/Transcriptions.json` },
  };
}

/** Maps a recording to Twilio's JSON below its call (`api.v2010.account.call.call_recording`). */
export function toCallRecordingJson(recording: RecordingRecord, accountSid: string): Record<string, unknown> {
  return {
    ...toSharedFields(recording, accountSid),
    price: null,
    track: recording.track,
    uri: `/2010-04-01/Accounts/${accountSid}/Calls/${recording.callSid}/Recordings/${recording.sid}.json`,
  };
}

function toSharedFields(recording: RecordingRecord, accountSid: string): Record<string, unknown> {
  return {
    account_sid: accountSid,
    api_version: '2010-04-01',
    call_sid: recording.callSid,
    conference_sid: null,
    channels: recording.channels,
    date_created: formatRfc2822(recording.createdAt),
    date_updated: formatRfc2822(recording.updatedAt),
    start_time: formatRfc2822(recording.createdAt),
    duration: recording.durationMs === null ? null : String(toWholeSeconds(recording.durationMs)),
    sid: recording.sid,
    price_unit: 'USD',
    status: recording.status,
    // Twilio's published schema has no separate source for recordings that TwiML started.
    source: recording.source === 'StartCallRecordingTwiML' ? 'StartCallRecordingAPI' : recording.source,
    error_code: recording.errorCode,
    encryption_details: null,
  };
}
