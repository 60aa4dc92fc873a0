import { decodeWav } from '#libs/adapters/speech-to-text/audio/wav.js';
import { SpeechToTextError, type SpeechToText } from '#libs/ports/speech-to-text.js';
import { spokenWords } from './spoken-words.js';
import type { Utterance } from './utterances.js';
import { countWordErrors, type WordErrors } from './word-error-rate.js';

export interface UtteranceResult extends WordErrors {
  readonly name: string;
  readonly group: string;
  readonly said: string;
  readonly heard: string;
  /** Why nothing was heard; `no_speech` and `looped` are answers of a recogniser, all others are failures of the run. */
  readonly failure: string | null;
  readonly audioSeconds: number;
  readonly tookSeconds: number;
}

/** What a recogniser may answer in place of words. */
const ANSWERS: ReadonlySet<string> = new Set(['no_speech', 'looped']);

export const isError = ({ failure }: UtteranceResult): boolean => failure !== null && !ANSWERS.has(failure);

/** One after the other, as the recogniser works them; the first is done twice, so that loading the model is not counted. */
export async function evaluateRecogniser(
  recogniser: SpeechToText,
  utterances: readonly Utterance[],
  onResult: (result: UtteranceResult) => void,
): Promise<void> {
  const [first] = utterances;
  if (first !== undefined) await evaluateOne(recogniser, first);
  for (const utterance of utterances) onResult(await evaluateOne(recogniser, utterance));
}

async function evaluateOne(
  recogniser: SpeechToText,
  { name, group, text, ...utterance }: Utterance,
): Promise<UtteranceResult> {
  const wav = await utterance.wav();
  const began = performance.now();
  const { heard, failure } = await hear(recogniser, wav);
  const tookSeconds = (performance.now() - began) / 1000;
  const errors = countWordErrors(spokenWords(text), spokenWords(heard));
  return { name, group, said: text, heard, failure, audioSeconds: secondsOf(wav), tookSeconds, ...errors };
}

async function hear(recogniser: SpeechToText, wav: Buffer): Promise<{ heard: string; failure: string | null }> {
  try {
    const { text } = await recogniser.transcribe({ audio: { wav }, language: 'en' });
    return { heard: text, failure: null };
  } catch (error) {
    if (!(error instanceof SpeechToTextError)) throw error;
    return { heard: '', failure: error.code };
  }
}

/** 0 for what is no audio: the recogniser has said so. */
function secondsOf(wav: Buffer): number {
  try {
    const { channels, sampleRate } = decodeWav(wav);
    return (channels[0]?.length ?? 0) / sampleRate;
  } catch (error) {
    if (error instanceof SpeechToTextError) return 0;
    throw error;
  }
}
