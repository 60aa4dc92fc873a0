import { travelSeconds } from '#libs/domain/geo/index.js';
import type { RouteStart, RouteStop } from './route.js';

/** The estimated arrival at a stop. */
export interface Arrival {
  readonly at: Date;
  /** The arrival is between `earliest` and `latest` with a probability of 80%. */
  readonly earliest: Date;
  readonly latest: Date;
}

/** The standard deviation of a travel time, as a share of the expected travel time. */
const TRAVEL_RELATIVE_DEVIATION = 0.3;
/** The standard deviation of a hand-over time, as a share of the expected hand-over time. */
const HANDLING_RELATIVE_DEVIATION = 0.5;
/** The 90% quantile of the standard normal distribution: 80% of the values are within this many standard deviations. */
const QUANTILE_90 = 1.2816;

/**
 * Estimates the start of the hand-over at each stop of a route. Travel and hand-over times are assumed to be
 * independent and normally distributed, so their variances add up from stop to stop. No hand-over starts before its
 * window opens, so waiting for a window reduces the variance.
 * @param stops in the order in which they are visited
 */
export function estimateArrivals(stops: readonly RouteStop[], start: RouteStart): Arrival[] {
  let { position } = start;
  // The expected departure from the current position, in epoch seconds, and its variance in seconds squared.
  let departure = start.at.getTime() / 1000;
  let departureVariance = 0;
  return stops.map((stop) => {
    const travel = travelSeconds(position, stop.position, start.travel);
    const arrival = departure + travel;
    const margin = Math.sqrt(departureVariance + (TRAVEL_RELATIVE_DEVIATION * travel) ** 2) * QUANTILE_90;
    const opens = stop.window.start.getTime() / 1000;
    const toStart = (seconds: number): number => Math.max(seconds, opens);
    const [at, earliest, latest] = [toStart(arrival), toStart(arrival - margin), toStart(arrival + margin)];
    departure = at + stop.handlingSeconds;
    // Approximates the start as normal again: an early arrival waits for the window, which narrows the interval.
    const startVariance = ((latest - earliest) / (2 * QUANTILE_90)) ** 2;
    departureVariance = startVariance + (HANDLING_RELATIVE_DEVIATION * stop.handlingSeconds) ** 2;
    position = stop.position;
    return { at: toDate(at), earliest: toDate(earliest), latest: toDate(latest) };
  });
}

const toDate = (seconds: number): Date => new Date(Math.round(seconds * 1000));
