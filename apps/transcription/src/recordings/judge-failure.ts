import { ProviderError } from '#libs/ports/errors.js';
import { ObjectStoreError } from '#libs/ports/object-store.js';
import { SpeechToTextError, type SpeechToTextErrorCode } from '#libs/ports/speech-to-text.js';
import { RecordingUnusableError } from './recording-unusable-error.js';
import type { Failure } from '../transcripts/transcripts.module.js';

export type Verdict =
  | {
      readonly kind: 'retry';
      readonly afterMs: number;
      /** The recogniser or analyst was only busy: not to be counted as a try. */
      readonly busy: boolean;
    }
  | { readonly kind: 'end'; readonly failure: Failure };

/** What was tried of one step so far. */
export interface Tries {
  /** This one included, counted from 1: also those in which the process died, not those that found it busy. */
  readonly tries: number;
  /** Since the recording was stored. */
  readonly ageMs: number;
}

/** Tries of one step before it is given up. With the back-off below they spread over about twenty minutes. */
export const MOST_TRIES = 8;
/** A busy recogniser is nothing the recording can help: only time ends that wait. */
export const LONGEST_WAIT_FOR_CAPACITY_MS = 6 * 3_600_000;

const FIRST_DELAY_MS = 2_000;
const LONGEST_DELAY_MS = 600_000;
const FACTOR = 3;
const BUSY_DELAY_MS = 15_000;
/** ± this share of the delay, so that what failed together does not come back together. */
const JITTER = 0.2;

/** Nothing is gained by trying the same recording again. Every other error may pass. */
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
 * Decides what a failed try means: an end that everybody sees, or another try later. Errors of the deployment (a model
 * that is not there, a refused key) are retried as well: the recording is fine, and somebody may be mending it.
 * @param random uniform in [0, 1)
 */
export function judgeFailure(error: unknown, tries: Tries, random: number): Verdict {
  const final = finalFailure(error);
  if (final !== undefined) return { kind: 'end', failure: final };
  const busy = isBusy(error);
  const spent = busy ? tries.ageMs >= LONGEST_WAIT_FOR_CAPACITY_MS : tries.tries >= MOST_TRIES;
  if (spent) return { kind: 'end', failure: gaveUp(tries, reasonOf(error)) };
  const delay = busy ? BUSY_DELAY_MS : backOffMs(tries.tries);
  const jittered = delay * (1 + JITTER * (2 * random - 1));
  return { kind: 'retry', busy, afterMs: Math.round(Math.max(jittered, retryAfterMs(error))) };
}

/**
 * Whether a try must not even begin. A recording that kills the process leaves no error behind, only a claim that was
 * never finished: without this it would kill the next process too, for ever.
 */
export function judgeStart(tries: Tries): Failure | undefined {
  return tries.tries > MOST_TRIES ? gaveUp(tries, 'the process ended during the last one') : undefined;
}

/** The wait after so many failed tries, without jitter. */
export function backOffMs(tries: number): number {
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * FACTOR ** (tries - 1));
}

/**
 * The queue's own waits, for failures that are not the recording's (the database is away). Longer than `MOST_TRIES`, so
 * that the transcript ends visibly before the queue would give its work up in silence.
 */
export const TRANSCRIPTION_BACK_OFF_MS: readonly number[] = Array.from({ length: 2 * MOST_TRIES }, (_, index) =>
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

function gaveUp(tries: Tries, last: string): Failure {
  return { code: 'gave_up', detail: `Given up after ${tries.tries} tries: ${last}` };
}

/** Other errors' messages were not written for other apps to read; the log has them. */
function reasonOf(error: unknown): string {
  const isOurs =
    error instanceof SpeechToTextError || error instanceof ObjectStoreError || error instanceof ProviderError;
  return isOurs ? `${error.code}: ${error.message}` : codeOf(error);
}

/** The stable code of a typed error; the class's name of any other. */
export function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.name : 'unknown';
}
