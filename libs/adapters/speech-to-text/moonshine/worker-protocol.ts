import type { SpeechToTextErrorCode, Transcription } from '#libs/ports/speech-to-text.js';
import { SpeechToTextError } from '#libs/ports/speech-to-text.js';

import type { RecogniseRequest } from './moonshine-recogniser.js';

/** To the worker. */
export type WorkerRequest =
  { readonly kind: 'recognise'; readonly id: number; readonly request: RecogniseRequest } | { readonly kind: 'close' };

/** From the worker. Errors are taken apart, since structured cloning would lose their class and code. */
export type WorkerReply =
  | { readonly kind: 'transcribed'; readonly id: number; readonly transcription: Transcription }
  | { readonly kind: 'failed'; readonly id: number; readonly code: SpeechToTextErrorCode; readonly message: string };

/** Any error as a typed one: what was not foreseen becomes `failed`, with the original as its cause. */
export function asSpeechToTextError(error: unknown): SpeechToTextError {
  if (error instanceof SpeechToTextError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new SpeechToTextError('failed', `The recogniser failed: ${reason}`, { cause: error });
}
