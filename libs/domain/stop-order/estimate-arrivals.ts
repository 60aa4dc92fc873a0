import { travelSeconds } from '#libs/domain/geo/index.js';
import type { RouteStart, RouteStop } from './route.js';

/** The estimated arrival at a stop. */
export interface Arrival {
  readonly at: Date;
  /** The arrival is between `earliest` and `latest` with a probability of 80%. */
  readonly earliest: Date;
  readonly latest: Date;
}

/** The standard deviations of travel and hand-over times, as a share of the expected time. */
const TRAVEL_SPREAD = 0.3;
const HANDLING_SPREAD = 0.5;
/** The 90% quantile of the standard normal distribution. */
const QUANTILE = 1.2816;

/**
 * Estimates the start of the hand-over at each stop of an order. Variances of travel and hand-over times are assumed
 * independent and add up from stop to stop. No hand-over starts before its window opens, so waiting reduces the
 * uncertainty.
 * @param stops in the order of the visit
 */
export function estimateArrivals(stops: readonly RouteStop[], start: RouteStart): Arrival[] {
  let { position } = start;
  let mean = start.at.getTime() / 1000;
  let variance = 0;
  return stops.map((stop) => {
    const travel = travelSeconds(position, stop.position, start.travel);
    const arrival = mean + travel;
    const spread = Math.sqrt(variance + (TRAVEL_SPREAD * travel) ** 2) * QUANTILE;
    const opens = stop.window.start.getTime() / 1000;
    const toStart = (seconds: number): number => Math.max(seconds, opens);
    const [at, earliest, latest] = [toStart(arrival), toStart(arrival - spread), toStart(arrival + spread)];
    mean = at + stop.handlingSeconds;
    // The remaining variance after early arrivals have waited for the window.
    variance = ((latest - earliest) / (2 * QUANTILE)) ** 2 + (HANDLING_SPREAD * stop.handlingSeconds) ** 2;
    position = stop.position;
    return { at: toDate(at), earliest: toDate(earliest), latest: toDate(latest) };
  });
}

const toDate = (seconds: number): Date => new Date(Math.round(seconds * 1000));
