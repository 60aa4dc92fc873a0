import type { CallOutcome } from '#libs/domain/call-lifecycle/index.js';

/** Milliseconds to wait before the next attempt, by the outcome of the last one. */
export interface RetryDelays {
  readonly busyMs: number;
  readonly noAnswerMs: number;
  /** The connection broke, or DelAuto failed. */
  readonly droppedMs: number;
  readonly notPlacedMs: number;
}

/** 10 minutes after busy, 3 hours after no answer, 2 minutes after a drop, 1 minute when the call was not placed. */
export const DEFAULT_RETRY_DELAYS: RetryDelays = {
  busyMs: 10 * 60_000,
  noAnswerMs: 3 * 3_600_000,
  droppedMs: 2 * 60_000,
  notPlacedMs: 60_000,
};

/** The limits of attempts. */
export interface RetryCaps {
  /** Attempts for one delivery, including the first. */
  readonly maxAttempts: number;
}

/** Why no further attempt follows. */
export type RetryStopReason = 'reached' | 'voicemail' | 'number_failed' | 'canceled' | 'attempts_exhausted';

/** Whether another attempt follows, and from when. */
export type RetryDecision =
  | { readonly retry: true; readonly notBefore: Date; readonly reason: CallOutcome }
  | { readonly retry: false; readonly reason: RetryStopReason };

/**
 * Decides whether and from when to call again after an attempt.
 *
 * - Busy: retry soon, because someone is there.
 * - No answer: retry later.
 * - Voicemail: no further call for this delivery, because the message is the notice.
 * - Failed number: no further call.
 * - Failure of DelAuto or the carrier: retry soon.
 * - Early hang-up: the caller applies the organization's choice and the caps (see `afterEarlyHangUp`), so that the
 *   timeline always shows the decision.
 *
 * Law and the best hour are applied again when the next attempt is planned.
 * @param attempt number of the attempt that ended, from 1
 */
export function retryPolicy(
  outcome: CallOutcome,
  attempt: number,
  now: Date,
  caps: RetryCaps,
  delays: RetryDelays = DEFAULT_RETRY_DELAYS,
): RetryDecision {
  const stopReason = STOP_REASONS[outcome];
  if (stopReason) return { retry: false, reason: stopReason };
  if (outcome === 'hung_up_early') return { retry: true, notBefore: now, reason: outcome };
  if (attempt >= caps.maxAttempts) return { retry: false, reason: 'attempts_exhausted' };
  return { retry: true, notBefore: new Date(now.getTime() + toDelayMs(outcome, delays)), reason: outcome };
}

const STOP_REASONS: Partial<Record<CallOutcome, RetryStopReason>> = {
  answered: 'reached',
  voicemail: 'voicemail',
  failed: 'number_failed',
  canceled: 'canceled',
};

function toDelayMs(outcome: CallOutcome, delays: RetryDelays): number {
  if (outcome === 'busy') return delays.busyMs;
  if (outcome === 'dropped') return delays.droppedMs;
  if (outcome === 'not_placed') return delays.notPlacedMs;
  return delays.noAnswerMs;
}
