import { readWav, sampleRate, sayingMs, WavError } from '../audio/audio.module.js';
import { connectionOverrides, exchange, HttpExchangeError } from '../webhooks/webhooks.module.js';
import type { TwimlElement } from '../twiml/twiml.module.js';
import { next, secondsAttribute, webhookOf, type Verb, type VerbContext } from './verb.js';

/** `loop="0"` means until the call ends; nobody listens this often. */
const endlessLoops = 100;
/** How long a played file counts that is no WAV we can measure. */
const unknownLengthMs = 3000;
/** A keypad tone and the pause after it. */
const toneMs = 250;

/** Something our side plays or says. */
export interface Prompt {
  readonly text: string;
  readonly lengthMs: number;
}

/** What a Say, Play or Pause makes the customer hear. Only a Play of a file has to be looked at over the network. */
export async function promptOf(element: TwimlElement, context: VerbContext): Promise<Prompt> {
  switch (element.name) {
    case 'Say':
      return { text: element.text, lengthMs: sayingMs(element.text) * loops(element) };
    case 'Pause':
      return { text: '', lengthMs: secondsAttribute(element, 'length', 1) };
    default: {
      const tones = element.attributes['digits'];
      if (tones !== undefined) return { text: '', lengthMs: tones.length * toneMs };
      return { text: '', lengthMs: (await playedMs(element, context)) * loops(element) };
    }
  }
}

/** Say, Play and Pause. */
export const speak: Verb = async (element, context) => {
  const prompt = await promptOf(element, context);
  if (prompt.text === '') await context.line.clock.wait(prompt.lengthMs);
  else await context.line.sayToCustomer(prompt.text, prompt.lengthMs);
  return next;
};

function loops(element: TwimlElement): number {
  const given = element.attributes['loop'];
  if (given === undefined) return 1;
  const count = Number(given);
  return count === 0 ? endlessLoops : Math.max(1, Math.min(endlessLoops, Math.round(count) || 1));
}

async function playedMs(element: TwimlElement, context: VerbContext): Promise<number> {
  const target = webhookOf(element, context, element.text, 'GET');
  if (target === undefined) {
    context.line.warn(11_200, `Play: "${element.text}" is no URL.`);
    return 0;
  }
  const { url, overrides } = connectionOverrides(target.url);
  try {
    const answer = await context.line.clock.spend(
      exchange(url, { method: 'GET', headers: {}, body: null }, overrides, overrides.totalTimeoutMs),
    );
    if (answer.status !== 200) {
      context.line.warn(11_200, `Play: ${url} was answered with ${answer.status}.`);
      return 0;
    }
    return (readWav(answer.body).length * 1000) / sampleRate;
  } catch (error) {
    if (error instanceof WavError) return unknownLengthMs;
    if (!(error instanceof HttpExchangeError)) throw error;
    context.line.warn(11_200, `Play: ${error.message}`);
    return 0;
  }
}
