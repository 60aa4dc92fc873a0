import { travelSeconds } from '#libs/domain/geo/index.js';
import type { RouteStart, StopToOrder } from './route.js';

/** When a stop is reached. */
export interface Arrival {
  readonly at: Date;
  /** Four times in five it is between these. */
  readonly earliest: Date;
  readonly latest: Date;
}

/** How much a way, and a hand-over, differ from what is expected: the standard deviation as a share. */
const WAY_SPREAD = 0.3;
const HANDLING_SPREAD = 0.5;
/** Of the normal distribution, 10 and 90 %. */
const QUANTILE = 1.2816;

/**
 * When each stop of an order begins. What is uncertain adds up from stop to stop, as if ways and hand-overs were independent;
 * nothing begins before its window opens, so a wait takes uncertainty away.
 */
export function estimateArrivals(stops: readonly StopToOrder[], start: RouteStart): Arrival[] {
  let { position } = start;
  let mean = start.at.getTime() / 1000;
  let variance = 0;
  return stops.map((stop) => {
    const way = travelSeconds(position, stop.position, start.travel);
    const reached = mean + way;
    const spread = Math.sqrt(variance + (WAY_SPREAD * way) ** 2) * QUANTILE;
    const opens = stop.window.start.getTime() / 1000;
    const begin = (seconds: number): number => Math.max(seconds, opens);
    const [at, earliest, latest] = [begin(reached), begin(reached - spread), begin(reached + spread)];
    mean = at + stop.handlingSeconds;
    // What is left of it once early arrivals have waited.
    variance = ((latest - earliest) / (2 * QUANTILE)) ** 2 + (HANDLING_SPREAD * stop.handlingSeconds) ** 2;
    position = stop.position;
    return { at: instant(at), earliest: instant(earliest), latest: instant(latest) };
  });
}

const instant = (seconds: number): Date => new Date(Math.round(seconds * 1000));
