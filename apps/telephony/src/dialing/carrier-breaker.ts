/** How the carrier has lately answered requests for calls. */
export interface BreakerState {
  /** Failures since the last success that were the carrier's, not the call's. */
  readonly failures: number;
  /** Until then nothing is asked; ms since the epoch. */
  readonly openUntil: number;
}

export const CLOSED: BreakerState = { failures: 0, openUntil: 0 };

/** So many failures in a row are no accident. */
const MOST_FAILURES = 5;
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 120_000;

/**
 * After several failures in a row the carrier is left alone: 5 s, doubling with each failure that follows, to two minutes. Whoever
 * asks first after a pause is the probe; its failure begins the next pause, its success ends them.
 */
export function afterFailure({ failures }: BreakerState, now: number): BreakerState {
  const more = failures + 1;
  if (more < MOST_FAILURES) return { failures: more, openUntil: 0 };
  const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(10, more - MOST_FAILURES));
  return { failures: more, openUntil: now + pauseMs };
}

/** @returns how long to wait before asking, and the state from then on: one probe at a time */
export function beforeAsking(
  state: BreakerState,
  now: number,
): { readonly waitMs: number; readonly state: BreakerState } {
  if (now < state.openUntil) return { waitMs: state.openUntil - now, state };
  if (state.failures < MOST_FAILURES) return { waitMs: 0, state };
  return { waitMs: 0, state: { ...state, openUntil: now + FIRST_PAUSE_MS } };
}
