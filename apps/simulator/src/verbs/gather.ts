import type { Response, Speech } from '../personas/personas.module.js';
import type { TwimlElement } from '../twiml/twiml.module.js';
import { collectDigits } from './collect-digits.js';
import { resolvePrompt } from './speak.js';
import {
  next,
  readNumberAttribute,
  readSecondsAttributeMs,
  resolveWebhook,
  type Verb,
  type VerbContext,
  type VerbOutcome,
} from './verb.js';

/** Duration of one key press, in simulated ms. */
const KEY_MS = 300;
/** The pause that ends speech with `speechTimeout="auto"`, in simulated ms. */
const AUTO_SPEECH_END_MS = 800;

/** The parsed attributes of a Gather. */
interface Settings {
  readonly acceptsSpeech: boolean;
  readonly acceptsKeys: boolean;
  readonly language: string;
  /** The silence after which the Gather ends without input, in simulated ms. */
  readonly timeoutMs: number;
  /** The pause that ends speech, in simulated ms. */
  readonly speechEndMs: number;
  /** Whether speech interrupts the prompt. */
  readonly allowsBargeIn: boolean;
}

/**
 * Plays the prompt and gathers keys or speech, whichever comes first, also during the prompt. With a result, or with
 * `actionOnEmptyResult`, the action is fetched; otherwise the call continues with the next verb.
 */
export const gather: Verb = async (element, context) => {
  const settings = parseSettings(element);
  const parts = await Promise.all(element.children.map((child) => resolvePrompt(child, context)));
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
  const share = toHeardShare(response, customer.bargeInShare, settings);
  if (prompt.lengthMs > 0) {
    if (prompt.text === '') await line.clock.wait(prompt.lengthMs * share);
    else await line.playPrompt(prompt.text, prompt.lengthMs, share);
  }
  switch (response.kind) {
    case 'hang-up':
      if (response.slot !== undefined) await line.letCustomerSpeak(customer.toSpeech(response.slot), null);
      return { kind: 'hang-up', by: 'customer' };
    case 'silent':
      await line.clock.wait(settings.timeoutMs);
      return toOutcome(element, context, {});
    case 'press':
      return gatherKeys(element, context, settings, response.digits, share < 1);
    case 'say':
      return gatherSpeech(element, context, settings, customer.toSpeech(response.slot, response.confidence), share < 1);
  }
};

function parseSettings(element: TwimlElement): Settings {
  const { attributes } = element;
  const input = (attributes['input'] ?? 'dtmf').split(/\s+/);
  const timeoutMs = readSecondsAttributeMs(element, 'timeout', 5);
  return {
    acceptsSpeech: input.includes('speech'),
    acceptsKeys: input.includes('dtmf'),
    language: attributes['language'] ?? 'en-US',
    timeoutMs,
    speechEndMs:
      attributes['speechTimeout'] === 'auto'
        ? AUTO_SPEECH_END_MS
        : readSecondsAttributeMs(element, 'speechTimeout', timeoutMs / 1000),
    allowsBargeIn: attributes['bargeIn'] !== 'false',
  };
}

function toHeardShare(response: Response, bargeInShare: number | undefined, settings: Settings): number {
  if (response.kind === 'hang-up') return response.atShare;
  const canBargeIn =
    (response.kind === 'press' && settings.acceptsKeys) ||
    (response.kind === 'say' && settings.acceptsSpeech && settings.allowsBargeIn);
  return canBargeIn ? (bargeInShare ?? 1) : 1;
}

async function gatherKeys(
  element: TwimlElement,
  context: VerbContext,
  settings: Settings,
  keys: string,
  isBargeIn: boolean,
): Promise<VerbOutcome> {
  const { line } = context;
  const collected = collectDigits(keys, {
    numDigits: readNumberAttribute(element, 'numDigits'),
    finishOnKey: element.attributes['finishOnKey'] ?? '#',
  });
  await line.clock.wait((isBargeIn ? 0 : line.customer.thinksMs) + collected.keysUsed * KEY_MS);
  line.recordKeys(keys, settings.acceptsKeys);
  if (!settings.acceptsKeys) {
    await line.clock.wait(settings.timeoutMs);
    return toOutcome(element, context, {});
  }
  if (collected.endsBySilence) await line.clock.wait(settings.timeoutMs);
  if (collected.digits === '') return toOutcome(element, context, {});
  return toOutcome(element, context, { Digits: collected.digits, FinishedOnKey: collected.finishedOnKey });
}

async function gatherSpeech(
  element: TwimlElement,
  context: VerbContext,
  settings: Settings,
  speech: Speech,
  isBargeIn: boolean,
): Promise<VerbOutcome> {
  const { line } = context;
  await line.clock.wait(isBargeIn ? 0 : line.customer.thinksMs);
  const recognition = await line.letCustomerSpeak(speech, settings.acceptsSpeech ? settings.language : null);
  if (recognition === null || recognition.text === '') {
    await line.clock.wait(settings.timeoutMs);
    return toOutcome(element, context, {});
  }
  await line.clock.wait(settings.speechEndMs);
  return toOutcome(element, context, {
    SpeechResult: recognition.text,
    Confidence: String(recognition.confidence),
    Language: settings.language,
  });
}

function toOutcome(element: TwimlElement, context: VerbContext, result: Readonly<Record<string, string>>): VerbOutcome {
  const isEmpty = Object.keys(result).length === 0;
  if (isEmpty && element.attributes['actionOnEmptyResult'] !== 'true') return next;
  const webhook = resolveWebhook(element, context);
  if (webhook === undefined) return next;
  const emptyResult = element.attributes['input']?.includes('speech') === true ? { SpeechResult: '' } : { Digits: '' };
  return {
    kind: 'fetch',
    webhook,
    parameters: { ...context.line.toParameters(), msg: 'Gather End', ...(isEmpty ? emptyResult : result) },
  };
}
