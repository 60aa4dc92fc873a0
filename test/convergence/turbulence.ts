import type { AppName, EventEnvelope } from '#libs/contracts/index.js';

/** What becomes of events on their way, and of the processes that handle them. */
export interface Turbulence {
  /** In how many milliseconds the event arrives at a consumer; once or several times. */
  arrivals(event: EventEnvelope, consumer: AppName): readonly number[];
  /** Whether the process that handles something dies in this step, before or after its commit. */
  death(): 'before_commit' | 'after_commit' | undefined;
}

/** Everything arrives once, in the order in which it happened, and no process dies. */
export const CALM: Turbulence = { arrivals: () => [5], death: () => undefined };

/** Late, but before anything else is decided: the shortest wait for another call is ten times as long. */
const QUICK_MS = 80_000;
/** Later than recordings are waited for. */
const STRAGGLE_MS = 30 * 60_000;
const DUPLICATE_PROBABILITY = 0.25;
const DEATH_PROBABILITY = 0.08;
const CALM_PROBABILITY = 0.2;

/**
 * Events overtake each other, come twice, and come late; processes die. All of it follows from the seed.
 * @param mayStraggle whether an event may be later than all waits: where nothing but the delivery itself depends on it
 */
export function turbulence(seed: number, mayStraggle: (event: EventEnvelope) => boolean): Turbulence {
  const random = mulberry32(seed);
  const delay = (event: EventEnvelope): number => {
    if (random() < CALM_PROBABILITY) return 5;
    // Rather short than long, so that events of one moment change places often.
    const longest = mayStraggle(event) && random() < 0.3 ? STRAGGLE_MS : QUICK_MS;
    return Math.floor(longest * random() ** 3);
  };
  return {
    arrivals: (event) => (random() < DUPLICATE_PROBABILITY ? [delay(event), delay(event)] : [delay(event)]),
    death: () => {
      if (random() >= DEATH_PROBABILITY) return undefined;
      return random() < 0.5 ? 'before_commit' : 'after_commit';
    },
  };
}

/** A small generator of numbers in [0, 1), the same for the same seed (mulberry32, public domain). */
function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
