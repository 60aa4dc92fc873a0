/**
 * Computes the delay before a request to create a call or a message is sent again, after a request that certainly
 * created nothing.
 * @param fruitlessTries such requests so far, from 1
 * @param retryAfterMs delay that the carrier requested
 * @returns ms: 2 s, doubling up to one minute, or the delay that the carrier requested if that is longer
 */
export function toRetryDelayMs(fruitlessTries: number, retryAfterMs: number | undefined): number {
  return Math.max(retryAfterMs ?? 0, Math.min(60_000, 2_000 * 2 ** Math.min(10, Math.max(0, fruitlessTries - 1))));
}
