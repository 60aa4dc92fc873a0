import { rfc2822 } from '../twilio/twilio.module.js';
import type { RecordingRecord } from './recording-book.js';

/** Where a recording's media lies, without extension. */
export function mediaUrl(publicUrl: string, accountSid: string, recordingSid: string): string {
  return `${publicUrl}/2010-04-01/Accounts/${accountSid}/Recordings/${recordingSid}`;
}

/** Whole seconds, as Twilio gives durations: rounded up, so that a recording of half a second is not one of none. */
export function wholeSeconds(ms: number): number {
  return Math.ceil(ms / 1000);
}

/** A recording in Twilio's JSON (`api.v2010.account.recording`). */
export function recordingJson(
  recording: RecordingRecord,
  accountSid: string,
  publicUrl: string,
): Record<string, unknown> {
  const uri = `/2010-04-01/Accounts/${accountSid}/Recordings/${recording.sid}`;
  return {
    ...shared(recording, accountSid),
    price: null,
    uri: `${uri}.json`,
    media_url: mediaUrl(publicUrl, accountSid, recording.sid),
    subresource_uris: { add_on_results: `${uri}/AddOnResults.json`, transcriptions: `${uri}/Transcriptions.json` },
  };
}

/** The same recording as a part of its call (`api.v2010.account.call.call_recording`). */
export function callRecordingJson(recording: RecordingRecord, accountSid: string): Record<string, unknown> {
  return {
    ...shared(recording, accountSid),
    price: null,
    track: recording.track,
    uri: `/2010-04-01/Accounts/${accountSid}/Calls/${recording.callSid}/Recordings/${recording.sid}.json`,
  };
}

function shared(recording: RecordingRecord, accountSid: string): Record<string, unknown> {
  return {
    account_sid: accountSid,
    api_version: '2010-04-01',
    call_sid: recording.callSid,
    conference_sid: null,
    channels: recording.channels,
    date_created: rfc2822(recording.createdAt),
    date_updated: rfc2822(recording.updatedAt),
    start_time: rfc2822(recording.createdAt),
    duration: recording.durationMs === null ? null : String(wholeSeconds(recording.durationMs)),
    sid: recording.sid,
    price_unit: 'USD',
    status: recording.status,
    // The published schema has no name of its own for recordings that TwiML started.
    source: recording.source === 'StartCallRecordingTwiML' ? 'StartCallRecordingAPI' : recording.source,
    error_code: recording.errorCode,
    encryption_details: null,
  };
}
