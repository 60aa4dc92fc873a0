import { travelSeconds, type Position, type TravelModel } from '#libs/domain/geo/index.js';
import type { Interval } from '#libs/domain/time/index.js';

export interface StopToOrder {
  readonly id: string;
  readonly position: Position;
  /** When it must be handed over. */
  readonly window: Interval;
  /** How long the hand-over takes. */
  readonly handlingSeconds: number;
}

/** Where and when the way begins, and how long ways take. */
export interface RouteStart {
  readonly position: Position;
  readonly at: Date;
  readonly travel: TravelModel;
}

/** A second too late weighs as much as so many on the way: a promise is worth a detour. */
const LATENESS = 10;
/** Waiting is lost, too, but may be used for a break. */
const WAITING = 0.1;

/** Stops with the times between them, by index; 0 is the start. Everything in seconds from it. */
export class RouteTimes {
  readonly opens: number[];
  readonly closes: number[];
  private readonly between: Float64Array;
  private readonly size: number;

  constructor(
    readonly stops: readonly StopToOrder[],
    readonly start: RouteStart,
  ) {
    const since = (instant: Date): number => (instant.getTime() - start.at.getTime()) / 1000;
    this.opens = [0, ...stops.map(({ window }) => since(window.start))];
    this.closes = [Infinity, ...stops.map(({ window }) => since(window.end))];
    this.size = stops.length + 1;
    const places = [start.position, ...stops.map(({ position }) => position)];
    this.between = Float64Array.from({ length: this.size ** 2 }, (_, index) =>
      travelSeconds(
        places[Math.floor(index / this.size)] as Position,
        places[index % this.size] as Position,
        start.travel,
      ),
    );
  }

  way(from: number, to: number): number {
    return this.between[from * this.size + to] as number;
  }

  handling(stop: number): number {
    return this.stops[stop - 1]?.handlingSeconds ?? 0;
  }

  /** What an order of stops costs: ways, lateness and waiting, weighed. */
  cost(order: readonly number[]): number {
    let [cost, clock, here] = [0, 0, 0];
    for (const stop of order) {
      const way = this.way(here, stop);
      const arrival = clock + way;
      const begin = Math.max(arrival, this.opens[stop] as number);
      const late = Math.max(0, begin - (this.closes[stop] as number));
      cost += way + LATENESS * late + WAITING * (begin - arrival);
      clock = begin + this.handling(stop);
      here = stop;
    }
    return cost;
  }
}
