import { travelSeconds, type Position, type TravelModel } from '#libs/domain/geo/index.js';
import type { Interval } from '#libs/domain/time/index.js';

/** A stop of a route. */
export interface RouteStop {
  readonly id: string;
  readonly position: Position;
  /** The hand-over cannot start before the window. A start after it is late. */
  readonly window: Interval;
  /** The duration of the hand-over. */
  readonly handlingSeconds: number;
}

/** The position and time at which the route starts, and the travel model. */
export interface RouteStart {
  readonly position: Position;
  readonly at: Date;
  readonly travel: TravelModel;
}

/** The cost of a second of lateness, in seconds of travel: arriving within a window justifies a detour. */
const LATENESS_WEIGHT = 10;
/** The cost of a second of waiting, in seconds of travel: waiting time is lost, but can be used for a break. */
const WAITING_WEIGHT = 0.1;

/**
 * The cost of an order of stops. Stops are given by index, from 1; 0 is the start. Times are in seconds since the
 * start.
 */
export class RouteCosts {
  /** By index: when the window opens. */
  readonly opens: number[];
  /** By index: when the window closes. */
  readonly closes: number[];
  private readonly travelTimes: Float64Array;
  private readonly placeCount: number;

  constructor(
    readonly stops: readonly RouteStop[],
    readonly start: RouteStart,
  ) {
    const toSeconds = (instant: Date): number => (instant.getTime() - start.at.getTime()) / 1000;
    this.opens = [0, ...stops.map(({ window }) => toSeconds(window.start))];
    this.closes = [Infinity, ...stops.map(({ window }) => toSeconds(window.end))];
    this.placeCount = stops.length + 1;
    const positions = [start.position, ...stops.map(({ position }) => position)];
    this.travelTimes = Float64Array.from({ length: this.placeCount ** 2 }, (_, index) =>
      travelSeconds(
        positions[Math.floor(index / this.placeCount)] as Position,
        positions[index % this.placeCount] as Position,
        start.travel,
      ),
    );
  }

  /** The travel time between two stops. */
  travelSeconds(from: number, to: number): number {
    return this.travelTimes[from * this.placeCount + to] as number;
  }

  /** The hand-over time of a stop. */
  handlingSeconds(stop: number): number {
    return this.stops[stop - 1]?.handlingSeconds ?? 0;
  }

  /** The weighted cost of an order of stops: travel, lateness and waiting, in seconds of travel. */
  cost(order: readonly number[]): number {
    let [cost, time, current] = [0, 0, 0];
    for (const stop of order) {
      const travelTime = this.travelSeconds(current, stop);
      const arrival = time + travelTime;
      const start = Math.max(arrival, this.opens[stop] as number);
      const lateness = Math.max(0, start - (this.closes[stop] as number));
      cost += travelTime + LATENESS_WEIGHT * lateness + WAITING_WEIGHT * (start - arrival);
      time = start + this.handlingSeconds(stop);
      current = stop;
    }
    return cost;
  }
}
