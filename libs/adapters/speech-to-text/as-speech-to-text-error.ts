import { SpeechToTextError } from '#libs/ports/speech-to-text.js';

/** Any error as a typed one: what was not foreseen becomes `failed`, with the original as its cause. */
export function asSpeechToTextError(error: unknown): SpeechToTextError {
  if (error instanceof SpeechToTextError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new SpeechToTextError('failed', `The recogniser failed: ${reason}`, { cause: error });
}
