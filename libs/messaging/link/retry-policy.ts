/**
 * Returns the delay before the next delivery of a failed event.
 * @param deliveryCount deliveries so far, from 1
 * @param delaysMs the delay after each failed delivery, in milliseconds
 * @returns milliseconds, or `null` when the retries are used up
 */
export function getRetryDelayMs(deliveryCount: number, delaysMs: readonly number[]): number | null {
  return delaysMs[deliveryCount - 1] ?? null;
}

/**
 * Returns an exponential back-off with jitter, for failures of infrastructure: the ceiling doubles from 100 ms up to 3
 * s.
 * @param failures consecutive failures before the current one
 * @returns milliseconds, between half of the ceiling and the ceiling
 */
export function backOff(failures: number, random: () => number = Math.random): number {
  const ceiling = Math.min(3_000, 100 * 2 ** failures);
  return ceiling / 2 + (random() * ceiling) / 2;
}
