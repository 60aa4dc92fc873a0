/**
 * Computes the delay before a request to create a call or a message is sent again, after a request that certainly
 * created nothing.
 * @param rejectedTries number of such requests so far, at least 1
 * @param retryAfterMs delay that the carrier requested
 * @returns ms: 2 s, doubling up to one minute, or the delay that the carrier requested if that is longer
 */
export function toRetryDelayMs(rejectedTries: number, retryAfterMs: number | undefined): number {
  return Math.max(retryAfterMs ?? 0, Math.min(60_000, 2_000 * 2 ** Math.min(10, Math.max(0, rejectedTries - 1))));
}
