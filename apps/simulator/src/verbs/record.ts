import type { CallLine } from '../call-line/call-line.module.js';
import { toMediaUrl, type RecordingRequest, toWholeSeconds } from '../recording-book/recording-book.module.js';
import type { TwimlElement } from '../twiml/twiml.module.js';
import { next, readSecondsAttributeMs, resolveWebhook, type Verb, type VerbContext } from './verb.js';

/** Duration of the beep before the recording, in simulated ms. */
const BEEP_MS = 500;

/**
 * Records the customer until they fall silent, press a key, hang up or reach the limit, and then fetches the action.
 * After a hang-up the action is also fetched, with `Digits=hangup`, if the customer spoke.
 */
export const record: Verb = async (element, context) => {
  const { line } = context;
  if (element.attributes['playBeep'] !== 'false') await line.clock.wait(BEEP_MS);
  const request = { channels: 1, track: 'inbound', callback: parseRecordingCallback(element, context) } as const;
  const recording = line.recordings.start(request, 'RecordVerb');
  const { hasSpoken, endedBy } = await takeMessage(element, line);
  const lengthMs = line.recordings.finish(recording);
  const webhook = resolveWebhook(element, context);
  const { accountSid, publicUrl } = line.services.config;
  const parameters = {
    ...line.toParameters(),
    RecordingSid: recording.sid,
    RecordingUrl: toMediaUrl(publicUrl, accountSid, recording.sid),
    RecordingDuration: String(toWholeSeconds(lengthMs)),
    Digits: endedBy,
  };
  const action = webhook === undefined ? undefined : { webhook, parameters };
  if (endedBy === 'hangup') return { kind: 'hang-up', by: 'customer', finalRequest: hasSpoken ? action : undefined };
  // Without speech or a key, Twilio continues with the next verb instead of fetching the action.
  return (hasSpoken || endedBy !== '') && action !== undefined ? { kind: 'fetch', ...action } : next;
};

/**
 * Lets the customer leave a message.
 * @returns whether the customer spoke, and the key that ended the message; `hangup` for a hang-up, empty for silence
 */
async function takeMessage(
  element: TwimlElement,
  line: CallLine,
): Promise<{ readonly hasSpoken: boolean; readonly endedBy: string }> {
  const response = line.customer.respond();
  const maxMs = readSecondsAttributeMs(element, 'maxLength', 3600);
  const slot = response.kind === 'say' || response.kind === 'hang-up' ? response.slot : undefined;
  if (response.kind !== 'silent') await line.clock.wait(line.customer.thinksMs);
  if (slot !== undefined) {
    const speech = line.customer.toSpeech(slot);
    await line.letCustomerSpeak({ ...speech, durationMs: Math.min(speech.durationMs, maxMs) }, null);
  }
  const hasSpoken = slot !== undefined;
  if (response.kind === 'hang-up') return { hasSpoken, endedBy: 'hangup' };
  if (response.kind === 'press') {
    const finishOnKey = element.attributes['finishOnKey'] ?? '1234567890*#';
    const key = [...response.digits].find((digit) => finishOnKey.includes(digit));
    line.recordKeys(response.digits, key !== undefined);
    if (key !== undefined) return { hasSpoken, endedBy: key };
  }
  await line.clock.wait(readSecondsAttributeMs(element, 'timeout', 5));
  return { hasSpoken, endedBy: '' };
}

/** Executes Start, which starts a recording of the call, and Stop, which ends a recording by its name. */
export const startOrStop: Verb = (element, context) => {
  const { recordings } = context.line;
  for (const noun of element.children) {
    const { name, channels, track } = noun.attributes;
    if (element.name === 'Start') {
      const request: RecordingRequest = {
        channels: channels === 'mono' ? 1 : 2,
        track: track === 'inbound' || track === 'outbound' ? track : 'both',
        callback: parseRecordingCallback(noun, context),
      };
      recordings.start(request, 'StartCallRecordingTwiML', name);
    } else {
      const recording = name === undefined ? undefined : recordings.findByName(name);
      if (recording !== undefined) recordings.finish(recording);
    }
  }
  return Promise.resolve(next);
};

function parseRecordingCallback(element: TwimlElement, context: VerbContext): RecordingRequest['callback'] {
  const {
    recordingStatusCallback: url,
    recordingStatusCallbackMethod: method,
    recordingStatusCallbackEvent: events,
  } = element.attributes;
  if (url === undefined) return null;
  const webhook = resolveWebhook(element, context, url, method);
  return webhook === undefined ? null : { ...webhook, events: (events ?? 'completed').split(' ') };
}
