import type { Language } from '#libs/domain/language/language.values.js';

/** A language that recordings are transcribed in. */
export type SpeechLanguage = Language;

/** The audio to transcribe. */
export interface SpeechAudio {
  /** A complete RIFF/WAVE file: PCM or µ-law, 8 to 48 kHz, one or two channels. */
  readonly wav: Buffer;
}

/** A request to transcribe one recording. */
export interface TranscribeRequest {
  readonly audio: SpeechAudio;
  /** Channel to transcribe, from 0. If absent, all channels are mixed. */
  readonly channel?: number | undefined;
  readonly language: SpeechLanguage;
  /** Milliseconds after which the request fails with `deadline_exceeded`, including time in the queue. */
  readonly deadlineMs?: number | undefined;
}

/** A recognized word with its times, in milliseconds. */
export interface TranscriptWord {
  readonly text: string;
  /** Relative to the start of the audio. */
  readonly startMs: number;
  readonly endMs: number;
}

/** A recognized section of speech, such as a sentence, with its times in milliseconds. */
export interface TranscriptSegment {
  /** Relative to the start of the audio. */
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
  /** 0 to 1, as the recognizer reports it. */
  readonly confidence: number;
  /** Present if the recognizer reports the times of words. */
  readonly words?: readonly TranscriptWord[] | undefined;
}

/** The result of transcribing one recording. */
export interface Transcription {
  /** The texts of all segments, joined by spaces. */
  readonly text: string;
  readonly language: SpeechLanguage;
  /** In chronological order, without overlap. */
  readonly segments: readonly TranscriptSegment[];
  /**
   * Ranges with sound that the recognizer could not transcribe: it looped or hallucinated a phrase. Absent if there are
   * none.
   */
  readonly unintelligible?: readonly { readonly startMs: number; readonly endMs: number }[] | undefined;
  /** Duration of the audio. */
  readonly durationMs: number;
  readonly provider: string;
  readonly model: string;
}

/** Why there is no transcript. */
export type SpeechToTextErrorCode =
  /** Not an audio file, truncated beyond use, or in an unsupported encoding. */
  | 'not_audio'
  /** An audio file without samples. */
  | 'empty'
  /** Longer than this recognizer accepts. */
  | 'too_long'
  /** The recognizer repeated itself endlessly, as recognizers do on noise. The output is not what was said. */
  | 'looped'
  /** The audio contains no speech. */
  | 'no_speech'
  /** The file does not have the requested channel. */
  | 'no_such_channel'
  /** The recognizer does not support the language. */
  | 'unsupported_language'
  /** The queue is full. */
  | 'overloaded'
  | 'deadline_exceeded'
  /** The files of the model are missing or corrupt. */
  | 'model_unavailable'
  /** The recognizer failed. */
  | 'failed';

const RETRYABLE_CODES: ReadonlySet<SpeechToTextErrorCode> = new Set(['overloaded', 'deadline_exceeded', 'failed']);

/** Why there is no transcript. Errors are never returned as transcript text. */
export class SpeechToTextError extends Error {
  override readonly name = 'SpeechToTextError';
  /** True if the same audio may succeed with this recognizer later. */
  readonly retryable: boolean;

  constructor(
    readonly code: SpeechToTextErrorCode,
    message: string,
    options: { readonly cause?: unknown } = {},
  ) {
    super(message, options);
    this.retryable = RETRYABLE_CODES.has(code);
  }
}

/** Transcribes recordings. */
export abstract class SpeechToText {
  /**
   * @throws SpeechToTextError if the audio cannot be transcribed
   * @throws ProviderError if the provider is unavailable
   */
  abstract transcribe(request: TranscribeRequest): Promise<Transcription>;
  /** Waits for running work and releases the model. Later calls fail with `failed`. */
  abstract close(): Promise<void>;
}
