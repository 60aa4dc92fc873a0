import type { AppName, EventEnvelope } from '#libs/contracts/index.js';

/** Disturbances of events in transit, and crashes of the processes that handle them. */
export interface Turbulence {
  /** Delays in milliseconds after which the event arrives at a consumer; one or several. */
  arrivals(event: EventEnvelope, consumer: AppName): readonly number[];
  /** Whether the handling process crashes in this step, before or after its commit. */
  crash(): 'before_commit' | 'after_commit' | undefined;
}

/** Every event arrives once, in order, and no process crashes. */
export const NO_TURBULENCE: Turbulence = { arrivals: () => [5], crash: () => undefined };

/** The maximum delay that does not affect decisions: the next call is due much later. */
const MAX_DELAY_MS = 80_000;
/** Longer than the timeout for recordings. */
const LATE_MS = 30 * 60_000;
const DUPLICATE_PROBABILITY = 0.25;
const CRASH_PROBABILITY = 0.08;
const NO_DELAY_PROBABILITY = 0.2;

/**
 * Creates turbulence from a seed: events overtake each other, arrive twice, and arrive late, and processes crash.
 *
 * @param mayBeLate Whether an event may arrive after all timeouts, because only the delivery itself depends on it.
 */
export function createTurbulence(seed: number, mayBeLate: (event: EventEnvelope) => boolean): Turbulence {
  const random = mulberry32(seed);
  const delay = (event: EventEnvelope): number => {
    if (random() < NO_DELAY_PROBABILITY) return 5;
    // Short delays are more frequent than long ones, so that the order of simultaneous events often changes.
    const maxDelayMs = mayBeLate(event) && random() < 0.3 ? LATE_MS : MAX_DELAY_MS;
    return Math.floor(maxDelayMs * random() ** 3);
  };
  return {
    arrivals: (event) => (random() < DUPLICATE_PROBABILITY ? [delay(event), delay(event)] : [delay(event)]),
    crash: () => {
      if (random() >= CRASH_PROBABILITY) return undefined;
      return random() < 0.5 ? 'before_commit' : 'after_commit';
    },
  };
}

/** A small pseudorandom generator in [0, 1), the same for the same seed (mulberry32, public domain). */
function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
