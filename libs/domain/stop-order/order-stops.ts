import { distanceMeters, type Position } from '#libs/domain/geo/index.js';
import type { Interval } from '#libs/domain/time/index.js';

export interface StopToOrder {
  readonly id: string;
  readonly position: Position;
  /** When it must be handed over. */
  readonly window: Interval;
}

/**
 * The order in which to visit the stops of a day. Time decides first: a stop whose window opens only when another's has
 * closed comes after it. Among those that may be next by time, the nearest to the one before is next. The result does
 * not depend on the order of the input. It is a good order, not the shortest: windows leave little to gain, and an order
 * that changes little from look to look is worth more to whoever drives it.
 */
export function orderStops<T extends StopToOrder>(stops: readonly T[], from: Position): T[] {
  const left = [...stops].sort(byClosing);
  const order: T[] = [];
  let here = from;
  for (let first = left[0]; first !== undefined; first = left[0]) {
    const closes = first.window.end.getTime();
    let next = first;
    for (const stop of left) {
      if (stop.window.start.getTime() < closes && isNearer(stop, next, here)) next = stop;
    }
    order.push(next);
    left.splice(left.indexOf(next), 1);
    here = next.position;
  }
  return order;
}

function byClosing(a: StopToOrder, b: StopToOrder): number {
  const [ends, starts] = [
    a.window.end.getTime() - b.window.end.getTime(),
    a.window.start.getTime() - b.window.start.getTime(),
  ];
  return ends || starts || (a.id < b.id ? -1 : 1);
}

/** Of two as near as each other the one that closes first stays. */
function isNearer(stop: StopToOrder, than: StopToOrder, here: Position): boolean {
  return distanceMeters(here, stop.position) < distanceMeters(here, than.position);
}
