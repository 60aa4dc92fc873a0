import { readWav, SAMPLE_RATE_HZ, estimateSpeakingTimeMs, WavError } from '../audio/audio.module.js';
import { parseConnectionOverrides, exchange, HttpExchangeError } from '../webhooks/webhooks.module.js';
import type { TwimlElement } from '../twiml/twiml.module.js';
import { next, readSecondsAttributeMs, resolveWebhook, type Verb, type VerbContext } from './verb.js';

/** Number of repetitions for `loop="0"`, which means until the call ends. No call lasts as long. */
const ENDLESS_LOOPS = 100;
/** The assumed length of a played file that is not telephone WAV, in simulated ms. */
const UNKNOWN_LENGTH_MS = 3000;
/** Duration of a keypad tone and the pause after it, in simulated ms. */
const TONE_MS = 250;

/** A prompt that DelAuto says or plays. `text` is empty for a pause or a sound. */
export interface Prompt {
  readonly text: string;
  /** Simulated ms. */
  readonly lengthMs: number;
}

/** Reads the prompt of a Say, Play or Pause. The file of a Play is fetched to measure its length. */
export async function resolvePrompt(element: TwimlElement, context: VerbContext): Promise<Prompt> {
  switch (element.name) {
    case 'Say':
      return { text: element.text, lengthMs: estimateSpeakingTimeMs(element.text) * toLoops(element) };
    case 'Pause':
      return { text: '', lengthMs: readSecondsAttributeMs(element, 'length', 1) };
    default: {
      const tones = element.attributes['digits'];
      if (tones !== undefined) return { text: '', lengthMs: tones.length * TONE_MS };
      return { text: '', lengthMs: (await measurePlayMs(element, context)) * toLoops(element) };
    }
  }
}

/** Executes Say, Play and Pause. */
export const speak: Verb = async (element, context) => {
  const prompt = await resolvePrompt(element, context);
  if (prompt.text === '') await context.line.clock.wait(prompt.lengthMs);
  else await context.line.sayToCustomer(prompt.text, prompt.lengthMs);
  return next;
};

function toLoops(element: TwimlElement): number {
  const loopAttribute = element.attributes['loop'];
  if (loopAttribute === undefined) return 1;
  const count = Number(loopAttribute);
  return count === 0 ? ENDLESS_LOOPS : Math.max(1, Math.min(ENDLESS_LOOPS, Math.round(count) || 1));
}

async function measurePlayMs(element: TwimlElement, context: VerbContext): Promise<number> {
  const target = resolveWebhook(element, context, element.text, 'GET');
  if (target === undefined) {
    context.line.warn(11_200, `Play: "${element.text}" is not a URL.`);
    return 0;
  }
  const { url, overrides } = parseConnectionOverrides(target.url);
  try {
    const response = await context.line.clock.countRealTime(
      exchange(url, { method: 'GET', headers: {}, body: null }, overrides, overrides.totalTimeoutMs),
    );
    if (response.status !== 200) {
      context.line.warn(11_200, `Play: ${url} returned status ${response.status}.`);
      return 0;
    }
    return (readWav(response.body).length * 1000) / SAMPLE_RATE_HZ;
  } catch (error) {
    if (error instanceof WavError) return UNKNOWN_LENGTH_MS;
    if (!(error instanceof HttpExchangeError)) throw error;
    context.line.warn(11_200, `Play: ${error.message}`);
    return 0;
  }
}
