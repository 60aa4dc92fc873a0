import type { CallOutcome } from '#libs/domain/call-lifecycle/index.js';

/** Milliseconds to wait before the next attempt, by what ended the last. */
export interface RetryDelays {
  readonly busyMs: number;
  readonly noAnswerMs: number;
  /** The line broke, or we did. */
  readonly droppedMs: number;
  readonly notPlacedMs: number;
}

export const DEFAULT_RETRY_DELAYS: RetryDelays = {
  busyMs: 10 * 60_000,
  noAnswerMs: 3 * 3_600_000,
  droppedMs: 2 * 60_000,
  notPlacedMs: 60_000,
};

export interface RetryCaps {
  /** Attempts for one delivery, the first included. */
  readonly maxAttempts: number;
}

export type RetryStopReason = 'reached' | 'voicemail' | 'number_failed' | 'canceled' | 'attempts_exhausted';

export type RetryDecision =
  | { readonly retry: true; readonly notBefore: Date; readonly reason: CallOutcome }
  | { readonly retry: false; readonly reason: RetryStopReason };

/**
 * Whether and from when to call again after an attempt (1 for the first). Busy means that somebody is there: soon. No
 * answer: later. One message on the voicemail is the notice, so no more voice for this delivery. A failed number stays
 * failed. What broke on our side is tried again soon. The law and the best hour are asked again for the next attempt.
 * A customer who hung up during the first words is another matter: the organization's choice decides (see
 * `afterEarlyHangUp`), and the caps with it, so that the timeline says in any case what was decided.
 */
export function retryPolicy(
  outcome: CallOutcome,
  attempt: number,
  now: Date,
  caps: RetryCaps,
  delays: RetryDelays = DEFAULT_RETRY_DELAYS,
): RetryDecision {
  const stop = STOPS[outcome];
  if (stop) return { retry: false, reason: stop };
  if (outcome === 'hung_up_early') return { retry: true, notBefore: now, reason: outcome };
  if (attempt >= caps.maxAttempts) return { retry: false, reason: 'attempts_exhausted' };
  return { retry: true, notBefore: new Date(now.getTime() + delayMs(outcome, delays)), reason: outcome };
}

const STOPS: Partial<Record<CallOutcome, RetryStopReason>> = {
  answered: 'reached',
  voicemail: 'voicemail',
  failed: 'number_failed',
  canceled: 'canceled',
};

function delayMs(outcome: CallOutcome, delays: RetryDelays): number {
  if (outcome === 'busy') return delays.busyMs;
  if (outcome === 'dropped') return delays.droppedMs;
  if (outcome === 'not_placed') return delays.notPlacedMs;
  return delays.noAnswerMs;
}
