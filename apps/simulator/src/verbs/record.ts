import type { RecordingRequest } from '../calls/call-request.js';
import { mediaUrl, wholeSeconds } from '../recordings/recording-resource.js';
import type { TwimlElement } from '../twiml/parse-twiml.js';
import { next, secondsAttribute, webhookOf, type Verb, type VerbContext } from './verb.js';

const beepMs = 500;

/** Records what the customer says until they fall silent, press a key or reach the limit, then asks the action. */
export const record: Verb = async (element, context) => {
  const { line } = context;
  const silenceMs = secondsAttribute(element, 'timeout', 5);
  const maxMs = secondsAttribute(element, 'maxLength', 3600);
  const finishOnKey = element.attributes['finishOnKey'] ?? '1234567890*#';
  if (element.attributes['playBeep'] !== 'false') await line.clock.wait(beepMs);
  const recording = line.recordings.start(
    { channels: 1, track: 'inbound', callback: recordingCallback(element, context) },
    'RecordVerb',
  );
  const response = line.customer.respond();
  let spoke = false;
  let key = '';
  if (response.kind === 'say') {
    await line.clock.wait(line.customer.thinksMs);
    const speech = line.customer.speech(response.slot);
    await line.customerSays({ ...speech, durationMs: Math.min(speech.durationMs, maxMs) }, null);
    spoke = true;
  } else if (response.kind === 'press') {
    await line.clock.wait(line.customer.thinksMs);
    key = [...response.digits].find((digit) => finishOnKey.includes(digit)) ?? '';
    line.pressed(response.digits, key !== '');
  } else if (response.kind === 'hang-up') {
    return { kind: 'hang-up', by: 'customer' };
  }
  if (key === '') await line.clock.wait(silenceMs);
  const lengthMs = line.recordings.finish(recording);
  // Nothing was said: Twilio goes on with the next verb instead of asking the action.
  if (!spoke && key === '') return next;
  const webhook = webhookOf(element, context);
  if (webhook === undefined) return next;
  const { accountSid, publicUrl } = line.world.config;
  return {
    kind: 'fetch',
    webhook,
    parameters: {
      ...line.parameters(),
      RecordingSid: recording.sid,
      RecordingUrl: mediaUrl(publicUrl, accountSid, recording.sid),
      RecordingDuration: String(wholeSeconds(lengthMs)),
      Digits: key,
    },
  };
};

/** Start, with a Recording in it: records the call from here on. Stop ends one by its name. */
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
  const webhook = webhookOf(element, context, url, method);
  return webhook === undefined ? null : { ...webhook, events: (events ?? 'completed').split(' ') };
}
