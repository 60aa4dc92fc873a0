import { decodeWav } from '#libs/adapters/speech-to-text/audio/wav.js';
import { SpeechToTextError, type SpeechToText } from '#libs/ports/speech-to-text.js';
import { spokenWords } from './spoken-words.js';
import type { Utterance } from './utterances.js';
import { countWordErrors, type WordErrors } from './word-error-rate.js';

export interface UtteranceResult extends WordErrors {
  readonly name: string;
  readonly group: string;
  /** The reference text. */
  readonly said: string;
  /** The transcript. */
  readonly heard: string;
  /**
   * Why there is no transcript. `no_speech` and `looped` are valid results; all others are errors.
   */
  readonly failure: string | null;
  readonly audioSeconds: number;
  readonly tookSeconds: number;
}

/** Failures that are a valid result of a recognizer. */
const VALID_FAILURES: ReadonlySet<string> = new Set(['no_speech', 'looped']);

export const isError = ({ failure }: UtteranceResult): boolean => failure !== null && !VALID_FAILURES.has(failure);

/**
 * Transcribes one utterance after another. The first is transcribed twice, so that loading the model is not measured.
 */
export async function evaluateRecognizer(
  recognizer: SpeechToText,
  utterances: readonly Utterance[],
  onResult: (result: UtteranceResult) => void,
): Promise<void> {
  const [first] = utterances;
  if (first !== undefined) await evaluateOne(recognizer, first);
  for (const utterance of utterances) onResult(await evaluateOne(recognizer, utterance));
}

async function evaluateOne(
  recognizer: SpeechToText,
  { name, group, text, ...utterance }: Utterance,
): Promise<UtteranceResult> {
  const wav = await utterance.wav();
  const began = performance.now();
  const { heard, failure } = await transcribe(recognizer, wav);
  const tookSeconds = (performance.now() - began) / 1000;
  const errors = countWordErrors(spokenWords(text), spokenWords(heard));
  return { name, group, said: text, heard, failure, audioSeconds: toSeconds(wav), tookSeconds, ...errors };
}

async function transcribe(recognizer: SpeechToText, wav: Buffer): Promise<{ heard: string; failure: string | null }> {
  try {
    const { text } = await recognizer.transcribe({ audio: { wav }, language: 'en' });
    return { heard: text, failure: null };
  } catch (error) {
    if (!(error instanceof SpeechToTextError)) throw error;
    return { heard: '', failure: error.code };
  }
}

/** Returns 0 for invalid audio, which the recognizer has already reported. */
function toSeconds(wav: Buffer): number {
  try {
    const { channels, sampleRate } = decodeWav(wav);
    return (channels[0]?.length ?? 0) / sampleRate;
  } catch (error) {
    if (error instanceof SpeechToTextError) return 0;
    throw error;
  }
}
