/** State of the circuit breaker in front of the carrier. */
export interface BreakerState {
  /** Consecutive failures of the carrier, not of single calls. */
  readonly failures: number;
  /** Time until which no request is sent, in ms since the epoch; 0 when closed. */
  readonly openUntil: number;
}

/** The initial state. */
export const CLOSED: BreakerState = { failures: 0, openUntil: 0 };

/** Consecutive failures that open the breaker. */
const FAILURE_THRESHOLD = 5;
const FIRST_PAUSE_MS = 5_000;
const MAX_PAUSE_MS = 120_000;

/**
 * Records a failure. From the fifth consecutive failure on, the breaker opens for 5 s, doubling with each further
 * failure, up to two minutes. The first request after a pause is the probe: its failure starts the next pause, its
 * success closes the breaker.
 * @param now ms since the epoch
 */
export function addFailure({ failures }: BreakerState, now: number): BreakerState {
  const failureCount = failures + 1;
  if (failureCount < FAILURE_THRESHOLD) return { failures: failureCount, openUntil: 0 };
  const pauseMs = Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(10, failureCount - FAILURE_THRESHOLD));
  return { failures: failureCount, openUntil: now + pauseMs };
}

/**
 * Checks whether a request may be sent. When a pause is over, it admits one probe and no other request.
 * @param now ms since the epoch
 * @returns ms to wait before the request (0: send it), and the next state
 */
export function admitRequest(
  state: BreakerState,
  now: number,
): { readonly waitMs: number; readonly state: BreakerState } {
  if (now < state.openUntil) return { waitMs: state.openUntil - now, state };
  if (state.failures < FAILURE_THRESHOLD) return { waitMs: 0, state };
  return { waitMs: 0, state: { ...state, openUntil: now + FIRST_PAUSE_MS } };
}
