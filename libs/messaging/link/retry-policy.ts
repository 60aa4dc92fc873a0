/**
 * How long to wait after a failed delivery, by how often it was delivered; `null` when it is to be given up.
 * @param deliveryCount from 1
 */
export function retryDelay(deliveryCount: number, delaysMs: readonly number[]): number | null {
  return delaysMs[deliveryCount - 1] ?? null;
}

/** A pause before trying again what failed through nobody's fault: doubling from 100 ms to 3 s, never the same twice. */
export function backOff(tries: number, random: () => number = Math.random): number {
  const ceiling = Math.min(3_000, 100 * 2 ** tries);
  return ceiling / 2 + (random() * ceiling) / 2;
}
