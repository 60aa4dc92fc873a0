import type { Response, Speech } from '../personas/personas.module.js';
import type { TwimlElement } from '../twiml/twiml.module.js';
import { collectDigits } from './collect-digits.js';
import { promptOf } from './speak.js';
import {
  next,
  numberAttribute,
  secondsAttribute,
  webhookOf,
  type Verb,
  type VerbContext,
  type VerbOutcome,
} from './verb.js';

/** A key held down and let go; simulated ms. */
const keyMs = 300;
/** `speechTimeout="auto"`: Twilio takes speech as finished after a short pause. */
const autoSpeechEndMs = 800;

interface Settings {
  readonly speech: boolean;
  readonly keys: boolean;
  readonly language: string;
  readonly timeoutMs: number;
  readonly speechEndMs: number;
  readonly bargeIn: boolean;
}

/**
 * Plays the prompt and takes the customer's answer: keys or speech, whichever comes first, also while the prompt is
 * still playing. With an answer (or `actionOnEmptyResult`) the action is asked for what comes next; without one the
 * call goes on with the next verb.
 */
export const gather: Verb = async (element, context) => {
  const settings = settingsOf(element);
  const parts = await Promise.all(element.children.map((child) => promptOf(child, context)));
  const prompt = {
    text: parts
      .map(({ text }) => text)
      .filter(Boolean)
      .join(' '),
    lengthMs: parts.reduce((sum, { lengthMs }) => sum + lengthMs, 0),
  };
  const { line } = context;
  const { customer } = line;

  customer.listen(prompt.text);
  const response = customer.respond();
  const share = heardShare(response, customer.cutsInAt, settings);
  if (prompt.lengthMs > 0) {
    if (prompt.text === '') await line.clock.wait(prompt.lengthMs * share);
    else await line.playPrompt(prompt.text, prompt.lengthMs, share);
  }
  switch (response.kind) {
    case 'hang-up':
      if (response.slot !== undefined) await line.customerSays(customer.speech(response.slot), null);
      return { kind: 'hang-up', by: 'customer' };
    case 'silent':
      await line.clock.wait(settings.timeoutMs);
      return answer(element, context, {});
    case 'press':
      return pressKeys(element, context, settings, response.digits, share < 1);
    case 'say':
      return speakUp(element, context, settings, customer.speech(response.slot, response.confidence), share < 1);
  }
};

function settingsOf(element: TwimlElement): Settings {
  const { attributes } = element;
  const input = (attributes['input'] ?? 'dtmf').split(/\s+/);
  const timeoutMs = secondsAttribute(element, 'timeout', 5);
  return {
    speech: input.includes('speech'),
    keys: input.includes('dtmf'),
    language: attributes['language'] ?? 'en-US',
    timeoutMs,
    speechEndMs:
      attributes['speechTimeout'] === 'auto'
        ? autoSpeechEndMs
        : secondsAttribute(element, 'speechTimeout', timeoutMs / 1000),
    bargeIn: attributes['bargeIn'] !== 'false',
  };
}

function heardShare(response: Response, cutsInAt: number | undefined, settings: Settings): number {
  if (response.kind === 'hang-up') return response.atShare;
  const mayCutIn =
    (response.kind === 'press' && settings.keys) || (response.kind === 'say' && settings.speech && settings.bargeIn);
  return mayCutIn ? (cutsInAt ?? 1) : 1;
}

async function pressKeys(
  element: TwimlElement,
  context: VerbContext,
  settings: Settings,
  keys: string,
  cutIn: boolean,
): Promise<VerbOutcome> {
  const { line } = context;
  const collected = collectDigits(keys, {
    numDigits: numberAttribute(element, 'numDigits'),
    finishOnKey: element.attributes['finishOnKey'] ?? '#',
  });
  await line.clock.wait((cutIn ? 0 : line.customer.thinksMs) + collected.keysUsed * keyMs);
  line.pressed(keys, settings.keys);
  if (!settings.keys) {
    await line.clock.wait(settings.timeoutMs);
    return answer(element, context, {});
  }
  if (collected.endsBySilence) await line.clock.wait(settings.timeoutMs);
  if (collected.digits === '') return answer(element, context, {});
  return answer(element, context, { Digits: collected.digits, FinishedOnKey: collected.finishedOnKey });
}

async function speakUp(
  element: TwimlElement,
  context: VerbContext,
  settings: Settings,
  speech: Speech,
  cutIn: boolean,
): Promise<VerbOutcome> {
  const { line } = context;
  await line.clock.wait(cutIn ? 0 : line.customer.thinksMs);
  const recognised = await line.customerSays(speech, settings.speech ? settings.language : null);
  if (recognised === null || recognised.text === '') {
    await line.clock.wait(settings.timeoutMs);
    return answer(element, context, {});
  }
  await line.clock.wait(settings.speechEndMs);
  return answer(element, context, {
    SpeechResult: recognised.text,
    Confidence: String(recognised.confidence),
    Language: settings.language,
  });
}

function answer(element: TwimlElement, context: VerbContext, result: Readonly<Record<string, string>>): VerbOutcome {
  const empty = Object.keys(result).length === 0;
  if (empty && element.attributes['actionOnEmptyResult'] !== 'true') return next;
  const webhook = webhookOf(element, context);
  if (webhook === undefined) return next;
  const nothing = element.attributes['input']?.includes('speech') === true ? { SpeechResult: '' } : { Digits: '' };
  return {
    kind: 'fetch',
    webhook,
    parameters: { ...context.line.parameters(), msg: 'Gather End', ...(empty ? nothing : result) },
  };
}
