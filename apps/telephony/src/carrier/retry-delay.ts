/**
 * Delay before a create request that had no effect, of a call or a message, is sent again.
 * @param fruitlessTries requests without effect so far, from 1
 * @param retryAfterMs delay that the carrier asks for
 * @returns ms: 2 s, doubling up to one minute, or the delay that the carrier asks for if that is longer
 */
export function retryDelayMs(fruitlessTries: number, retryAfterMs: number | undefined): number {
  return Math.max(retryAfterMs ?? 0, Math.min(60_000, 2_000 * 2 ** Math.min(10, Math.max(0, fruitlessTries - 1))));
}
