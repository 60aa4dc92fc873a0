import type { CallLine } from '../call-line/call-line.module.js';
import { mediaUrl, type RecordingRequest, wholeSeconds } from '../recording-book/recording-book.module.js';
import type { TwimlElement } from '../twiml/twiml.module.js';
import { next, secondsAttribute, resolveWebhook, type Verb, type VerbContext } from './verb.js';

/** Duration of the beep before the recording, in simulated ms. */
const beepMs = 500;

/**
 * Records the customer until they fall silent, press a key, hang up or reach the limit, and then fetches the action.
 * After a hang-up the action is also fetched, with `Digits=hangup`, if the customer spoke.
 */
export const record: Verb = async (element, context) => {
  const { line } = context;
  if (element.attributes['playBeep'] !== 'false') await line.clock.wait(beepMs);
  const request = { channels: 1, track: 'inbound', callback: recordingCallback(element, context) } as const;
  const recording = line.recordings.start(request, 'RecordVerb');
  const { spoke, end } = await takeMessage(element, line);
  const lengthMs = line.recordings.finish(recording);
  const webhook = resolveWebhook(element, context);
  const { accountSid, publicUrl } = line.services.config;
  const parameters = {
    ...line.parameters(),
    RecordingSid: recording.sid,
    RecordingUrl: mediaUrl(publicUrl, accountSid, recording.sid),
    RecordingDuration: String(wholeSeconds(lengthMs)),
    Digits: end,
  };
  const action = webhook === undefined ? undefined : { webhook, parameters };
  if (end === 'hangup') return { kind: 'hang-up', by: 'customer', last: spoke ? action : undefined };
  // If nothing was said, Twilio continues with the next verb instead of fetching the action.
  return (spoke || end !== '') && action !== undefined ? { kind: 'fetch', ...action } : next;
};

/**
 * Lets the customer leave a message.
 * @returns whether the customer spoke, and what ended the message: a key, `hangup`, or silence (empty)
 */
async function takeMessage(
  element: TwimlElement,
  line: CallLine,
): Promise<{ readonly spoke: boolean; readonly end: string }> {
  const response = line.customer.respond();
  const maxMs = secondsAttribute(element, 'maxLength', 3600);
  const words = response.kind === 'say' || response.kind === 'hang-up' ? response.slot : undefined;
  if (response.kind !== 'silent') await line.clock.wait(line.customer.thinksMs);
  if (words !== undefined) {
    const speech = line.customer.speech(words);
    await line.customerSays({ ...speech, durationMs: Math.min(speech.durationMs, maxMs) }, null);
  }
  const spoke = words !== undefined;
  if (response.kind === 'hang-up') return { spoke, end: 'hangup' };
  if (response.kind === 'press') {
    const finishOnKey = element.attributes['finishOnKey'] ?? '1234567890*#';
    const key = [...response.digits].find((digit) => finishOnKey.includes(digit));
    line.recordKeys(response.digits, key !== undefined);
    if (key !== undefined) return { spoke, end: key };
  }
  await line.clock.wait(secondsAttribute(element, 'timeout', 5));
  return { spoke, end: '' };
}

/** Start with a Recording starts to record the call. Stop ends a recording by its name. */
export const startOrStop: Verb = (element, context) => {
  const { recordings } = context.line;
  for (const noun of element.children) {
    const { name, channels, track } = noun.attributes;
    if (element.name === 'Start') {
      const request: RecordingRequest = {
        channels: channels === 'mono' ? 1 : 2,
        track: track === 'inbound' || track === 'outbound' ? track : 'both',
        callback: recordingCallback(noun, context),
      };
      recordings.start(request, 'StartCallRecordingTwiML', name);
    } else {
      const running = name === undefined ? undefined : recordings.named(name);
      if (running !== undefined) recordings.finish(running);
    }
  }
  return Promise.resolve(next);
};

function recordingCallback(element: TwimlElement, context: VerbContext): RecordingRequest['callback'] {
  const {
    recordingStatusCallback: url,
    recordingStatusCallbackMethod: method,
    recordingStatusCallbackEvent: events,
  } = element.attributes;
  if (url === undefined) return null;
  const webhook = resolveWebhook(element, context, url, method);
  return webhook === undefined ? null : { ...webhook, events: (events ?? 'completed').split(' ') };
}
