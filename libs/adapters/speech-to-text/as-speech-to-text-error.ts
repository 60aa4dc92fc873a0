import { SpeechToTextError } from '#libs/ports/speech-to-text.js';

/** Converts any error into a `SpeechToTextError`. Unexpected errors get the code `failed` and become the cause. */
export function toSpeechToTextError(error: unknown): SpeechToTextError {
  if (error instanceof SpeechToTextError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new SpeechToTextError('failed', `The recognizer failed: ${reason}`, { cause: error });
}
