import { ProviderError } from '#libs/ports/errors.js';
import { ObjectStoreError } from '#libs/ports/object-store.js';
import { SpeechToTextError, type SpeechToTextErrorCode } from '#libs/ports/speech-to-text.js';
import { RecordingUnusableError } from './recording-unusable-error.js';
import type { Failure } from '../transcripts/transcripts.module.js';

export type Verdict =
  | {
      readonly kind: 'retry';
      readonly afterMs: number;
      /** The recognizer or analyst was only busy, so this does not count as a try. */
      readonly busy: boolean;
    }
  | { readonly kind: 'end'; readonly failure: Failure };

/** Tries of one step so far. */
export interface Tries {
  /**
   * Tries including the current one, from 1. Counts those in which the process crashed, not those that found the
   * provider busy.
   */
  readonly tries: number;
  /** Time since the recording was stored. */
  readonly ageMs: number;
}

/** Maximum tries of one step. With the back-off below they take about twenty minutes. */
export const MAX_TRIES = 8;
/** Maximum wait for a busy recognizer or analyst. Busy tries are not counted, so only time ends the wait. */
export const MAX_CAPACITY_WAIT_MS = 6 * 3_600_000;

const FIRST_DELAY_MS = 2_000;
const MAX_DELAY_MS = 600_000;
const BACK_OFF_FACTOR = 3;
const BUSY_DELAY_MS = 15_000;
/** Random variation of a delay, ±20 %, so that steps that failed together are not retried together. */
const JITTER_RATIO = 0.2;

/** Errors that every retry of the same recording would repeat. All others may be transient. */
const FINAL_SPEECH_FAILURES: ReadonlySet<SpeechToTextErrorCode> = new Set([
  'not_audio',
  'empty',
  'too_long',
  'looped',
  'no_speech',
  'no_such_channel',
  'unsupported_language',
]);

/**
 * Judges a failed try: a final failure that is published, or a retry. Errors of the deployment (a missing model,
 * refused credentials) are retried as well: the recording is valid, and an operator may be fixing the cause.
 * @param random uniform in [0, 1)
 */
export function judgeFailure(error: unknown, tries: Tries, random: number): Verdict {
  const failure = finalFailure(error);
  if (failure !== undefined) return { kind: 'end', failure };
  const busy = isBusy(error);
  const isExhausted = busy ? tries.ageMs >= MAX_CAPACITY_WAIT_MS : tries.tries >= MAX_TRIES;
  if (isExhausted) return { kind: 'end', failure: toGaveUpFailure(tries, toReason(error)) };
  const delayMs = busy ? BUSY_DELAY_MS : backOffMs(tries.tries);
  const jitteredMs = delayMs * (1 + JITTER_RATIO * (2 * random - 1));
  return { kind: 'retry', busy, afterMs: Math.round(Math.max(jitteredMs, retryAfterMs(error))) };
}

/**
 * Judges whether a try may start. A recording that crashes the process leaves no error, only an unfinished claim.
 * Without this check it would crash the next process, too, forever.
 * @returns the final failure if there were too many tries
 */
export function judgeStart(tries: Tries): Failure | undefined {
  return tries.tries > MAX_TRIES ? toGaveUpFailure(tries, 'the process crashed during the last one') : undefined;
}

/** Delay in ms after a number of failed tries, without jitter. */
export function backOffMs(tries: number): number {
  return Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * BACK_OFF_FACTOR ** (tries - 1));
}

/**
 * Delays of the queue itself, for failures that have another cause than the recording, such as an unavailable database.
 * There are more of them than tries of a step, so that the transcript fails visibly before the queue would abandon its
 * work silently.
 */
export const TRANSCRIPTION_BACK_OFF_MS: readonly number[] = Array.from({ length: 2 * MAX_TRIES }, (_, index) =>
  backOffMs(index + 1),
);

function finalFailure(error: unknown): Failure | undefined {
  const isFinal =
    error instanceof RecordingUnusableError ||
    (error instanceof SpeechToTextError && FINAL_SPEECH_FAILURES.has(error.code)) ||
    (error instanceof ObjectStoreError && error.code === 'invalid_input') ||
    (error instanceof ProviderError && (error.code === 'rejected' || error.code === 'invalid_input'));
  return isFinal ? { code: error.code, detail: error.message } : undefined;
}

function isBusy(error: unknown): boolean {
  return (
    (error instanceof SpeechToTextError && error.code === 'overloaded') ||
    (error instanceof ProviderError && error.code === 'rate_limited')
  );
}

function retryAfterMs(error: unknown): number {
  return (error instanceof ProviderError ? error.retryAfterMs : undefined) ?? 0;
}

function toGaveUpFailure(tries: Tries, lastReason: string): Failure {
  return { code: 'gave_up', detail: `Gave up after ${tries.tries} tries: ${lastReason}` };
}

/** Messages of other errors may contain internals and are not published; the log contains them. */
function toReason(error: unknown): string {
  const isTyped =
    error instanceof SpeechToTextError || error instanceof ObjectStoreError || error instanceof ProviderError;
  return isTyped ? `${error.code}: ${error.message}` : toErrorCode(error);
}

/** The stable code of a typed error; the class name of any other. */
export function toErrorCode(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.name : 'unknown';
}
