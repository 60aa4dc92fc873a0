import type { AppName, EventEnvelope } from '#libs/contracts/index.js';

/** What happens to events in transit, and to the processes that handle them. */
export interface Turbulence {
  /** Delays in milliseconds after which the event arrives at a consumer; one or several. */
  arrivals(event: EventEnvelope, consumer: AppName): readonly number[];
  /** Whether the handling process crashes in this step, before or after its commit. */
  death(): 'before_commit' | 'after_commit' | undefined;
}

/** Every event arrives once, in order, and no process crashes. */
export const NO_TURBULENCE: Turbulence = { arrivals: () => [5], death: () => undefined };

/** A delay that does not affect decisions: the shortest wait for another call is ten times as long. */
const QUICK_MS = 80_000;
/** Longer than the wait for recordings. */
const STRAGGLE_MS = 30 * 60_000;
const DUPLICATE_PROBABILITY = 0.25;
const DEATH_PROBABILITY = 0.08;
const CALM_PROBABILITY = 0.2;

/**
 * Events overtake each other, arrive twice, and arrive late; processes die. All of it is determined by the seed.
 *
 * @param mayStraggle Whether an event may be later than all waits, because only the delivery itself depends on it.
 */
export function turbulence(seed: number, mayStraggle: (event: EventEnvelope) => boolean): Turbulence {
  const random = mulberry32(seed);
  const delay = (event: EventEnvelope): number => {
    if (random() < CALM_PROBABILITY) return 5;
    // Short delays are more frequent than long ones, so that simultaneous events often change places.
    const maxDelayMs = mayStraggle(event) && random() < 0.3 ? STRAGGLE_MS : QUICK_MS;
    return Math.floor(maxDelayMs * random() ** 3);
  };
  return {
    arrivals: (event) => (random() < DUPLICATE_PROBABILITY ? [delay(event), delay(event)] : [delay(event)]),
    death: () => {
      if (random() >= DEATH_PROBABILITY) return undefined;
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
