import type { Response, Speech } from '../personas/personas.module.js';
import type { TwimlElement } from '../twiml/twiml.module.js';
import { collectDigits } from './collect-digits.js';
import { resolvePrompt } from './speak.js';
import {
  next,
  numberAttribute,
  secondsAttribute,
  resolveWebhook,
  type Verb,
  type VerbContext,
  type VerbOutcome,
} from './verb.js';

/** Duration of one key press, in simulated ms. */
const keyMs = 300;
/** The pause that ends speech with `speechTimeout="auto"`, in simulated ms. */
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
      if (response.slot !== undefined) await line.customerSays(customer.speech(response.slot), null);
      return { kind: 'hang-up', by: 'customer' };
    case 'silent':
      await line.clock.wait(settings.timeoutMs);
      return toOutcome(element, context, {});
    case 'press':
      return gatherKeys(element, context, settings, response.digits, share < 1);
    case 'say':
      return gatherSpeech(element, context, settings, customer.speech(response.slot, response.confidence), share < 1);
  }
};

function parseSettings(element: TwimlElement): Settings {
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

function toHeardShare(response: Response, bargeInShare: number | undefined, settings: Settings): number {
  if (response.kind === 'hang-up') return response.atShare;
  const canBargeIn =
    (response.kind === 'press' && settings.keys) || (response.kind === 'say' && settings.speech && settings.bargeIn);
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
    numDigits: numberAttribute(element, 'numDigits'),
    finishOnKey: element.attributes['finishOnKey'] ?? '#',
  });
  await line.clock.wait((isBargeIn ? 0 : line.customer.thinksMs) + collected.keysUsed * keyMs);
  line.recordKeys(keys, settings.keys);
  if (!settings.keys) {
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
  const recognition = await line.customerSays(speech, settings.speech ? settings.language : null);
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
    parameters: { ...context.line.parameters(), msg: 'Gather End', ...(isEmpty ? emptyResult : result) },
  };
}
