import type { Language } from '#libs/domain/language/language.values.js';

export type SpeechLanguage = Language;

export interface SpeechAudio {
  /** A whole RIFF/WAVE file: PCM or µ-law, 8 to 48 kHz, one or two channels. */
  readonly wav: Buffer;
}

export interface TranscribeRequest {
  readonly audio: SpeechAudio;
  /** Which channel to listen to, from 0. Without it all channels are mixed. */
  readonly channel?: number | undefined;
  readonly language: SpeechLanguage;
  /** Give up (`deadline_exceeded`) after so many milliseconds, waiting in the queue included. */
  readonly deadlineMs?: number | undefined;
}

export interface TranscriptWord {
  readonly text: string;
  /** From the start of the audio. */
  readonly startMs: number;
  readonly endMs: number;
}

export interface TranscriptSegment {
  /** From the start of the audio. */
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
  /** 0 to 1: the recogniser's own certainty. */
  readonly confidence: number;
  /** Where the recogniser tells it of each word. */
  readonly words?: readonly TranscriptWord[] | undefined;
}

export interface Transcription {
  /** The segments' texts, joined by a space. */
  readonly text: string;
  readonly language: SpeechLanguage;
  /** In the order of time, without overlap. */
  readonly segments: readonly TranscriptSegment[];
  /** Stretches with sound of which the recogniser could make nothing (it looped, or invented a phrase); absent when there are none. */
  readonly unintelligible?: readonly { readonly startMs: number; readonly endMs: number }[] | undefined;
  /** Length of the audio. */
  readonly durationMs: number;
  readonly provider: string;
  readonly model: string;
}

export type SpeechToTextErrorCode =
  /** Not a sound file, truncated beyond use, or in an encoding we do not read. */
  | 'not_audio'
  /** A sound file without a sample. */
  | 'empty'
  /** Longer than this recogniser takes. */
  | 'too_long'
  /** It repeated itself without end, as recognisers do on noise: this is not what was said. */
  | 'looped'
  /** Sound, but nobody speaks. */
  | 'no_speech'
  /** The channel asked for is not in the file. */
  | 'no_such_channel'
  /** This recogniser does not know the language. */
  | 'unsupported_language'
  /** Too many requests wait already. */
  | 'overloaded'
  | 'deadline_exceeded'
  /** Its model's files are missing or broken. */
  | 'model_unavailable'
  /** The recogniser itself failed. */
  | 'failed';

const retryableCodes: ReadonlySet<SpeechToTextErrorCode> = new Set(['overloaded', 'deadline_exceeded', 'failed']);

/** Why there is no transcript. An error is never handed on as text. */
export class SpeechToTextError extends Error {
  override readonly name = 'SpeechToTextError';
  /** True where the same audio may succeed with this recogniser later. */
  readonly retryable: boolean;

  constructor(
    readonly code: SpeechToTextErrorCode,
    message: string,
    options: { readonly cause?: unknown } = {},
  ) {
    super(message, options);
    this.retryable = retryableCodes.has(code);
  }
}

/** Turns a recording into words. Throws `SpeechToTextError`; for a provider out of reach also `ProviderError`. */
export abstract class SpeechToText {
  abstract transcribe(request: TranscribeRequest): Promise<Transcription>;
  /** Lets running work end and frees the model. Later calls fail with `failed`. */
  abstract close(): Promise<void>;
}
