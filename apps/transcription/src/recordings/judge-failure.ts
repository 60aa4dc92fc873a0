import { ProviderError } from '#libs/ports/errors.js';
import { ObjectStoreError } from '#libs/ports/object-store.js';
import { SpeechToTextError, type SpeechToTextErrorCode } from '#libs/ports/speech-to-text.js';
import { RecordingUnusableError } from './recording-unusable-error.js';
import type { Failure } from '../transcripts/transcripts.module.js';

/** The decision about a failed try of a step. Its fields are logged. */
export type Verdict =
  | {
      readonly kind: 'retry';
      readonly afterMs: number;
      /** The recognizer or analyst was only busy, so this does not count as a try. */
      readonly busy: boolean;
    }
  | { readonly kind: 'end'; readonly failure: Failure };

/** The tries of one step so far. */
export interface StepProgress {
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
 * Decides after a failed try whether to retry the step or to publish a final failure. Errors of the deployment (a
 * missing model, refused credentials) are retried as well: the recording is valid, and an operator may be fixing the
 * cause.
 * @param random uniform in [0, 1)
 */
export function judgeFailure(error: unknown, progress: StepProgress, random: number): Verdict {
  const failure = toFinalFailure(error);
  if (failure !== undefined) return { kind: 'end', failure };
  const isProviderBusy = isBusy(error);
  const isExhausted = isProviderBusy ? progress.ageMs >= MAX_CAPACITY_WAIT_MS : progress.tries >= MAX_TRIES;
  if (isExhausted) return { kind: 'end', failure: toGaveUpFailure(progress, toReason(error)) };
  const delayMs = isProviderBusy ? BUSY_DELAY_MS : getBackOffMs(progress.tries);
  const jitteredMs = delayMs * (1 + JITTER_RATIO * (2 * random - 1));
  return { kind: 'retry', busy: isProviderBusy, afterMs: Math.round(Math.max(jitteredMs, getRetryAfterMs(error))) };
}

/**
 * Decides whether a try may start. A recording that crashes the process leaves no error, only an unfinished claim.
 * Without this check, it would crash every process that claims it next.
 * @returns the final failure if there were too many tries
 */
export function judgeStart(progress: StepProgress): Failure | undefined {
  return progress.tries > MAX_TRIES ? toGaveUpFailure(progress, 'the process crashed during the last one') : undefined;
}

/** Delay in ms after a number of failed tries, without jitter. */
export function getBackOffMs(tries: number): number {
  return Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * BACK_OFF_FACTOR ** (tries - 1));
}

/**
 * Delays of the queue itself, for failures that have another cause than the recording, such as an unavailable database.
 * There are twice as many of them as tries of a step, so that the transcript ends with a published failure before the
 * queue stops retrying its work item.
 */
export const TRANSCRIPTION_BACK_OFF_MS: readonly number[] = Array.from({ length: 2 * MAX_TRIES }, (_, index) =>
  getBackOffMs(index + 1),
);

function toFinalFailure(error: unknown): Failure | undefined {
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

function getRetryAfterMs(error: unknown): number {
  return (error instanceof ProviderError ? error.retryAfterMs : undefined) ?? 0;
}

function toGaveUpFailure(progress: StepProgress, lastReason: string): Failure {
  return { code: 'gave_up', detail: `Gave up after ${progress.tries} tries: ${lastReason}` };
}

/** Messages of other errors may contain secrets, such as a connection string, so only their code is published. */
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
