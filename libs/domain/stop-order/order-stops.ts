import { RouteCosts, type RouteStart, type RouteStop } from './route.js';

/** Iteration limit, in stops evaluated: a few tenths of a second, even for a day with hundreds of stops. */
const MAX_ITERATIONS = 3_000_000;
/** The maximum number of stops that are moved together. */
const MAX_SEGMENT = 3;
/** In seconds of travel, the unit of the cost. Smaller gains are rounding errors. */
const MIN_GAIN = 1e-6;

/**
 * Orders the stops of a day by a weighted cost of travel, lateness (which weighs most) and waiting.
 *
 * The order is built by cheapest insertion, in the order of closing times, and then improved by 2-opt (Croes 1958) and
 * Or-opt (Or 1976) moves until none helps or the iteration limit is reached. The result is good, but not always
 * optimal, and does not depend on the order of the input.
 */
export function orderStops<T extends RouteStop>(stops: readonly T[], start: RouteStart): T[] {
  const sorted = [...stops].sort(compareByClosing);
  const costs = new RouteCosts(sorted, start);
  const order = improve(insertCheapest(sorted.length, costs), costs);
  return order.map((stop) => sorted[stop - 1] as T);
}

function compareByClosing(a: RouteStop, b: RouteStop): number {
  const [ends, starts] = [
    a.window.end.getTime() - b.window.end.getTime(),
    a.window.start.getTime() - b.window.start.getTime(),
  ];
  return ends || starts || (a.id < b.id ? -1 : 1);
}

function insertCheapest(count: number, costs: RouteCosts): number[] {
  let order: number[] = [];
  for (let stop = 1; stop <= count; stop += 1) {
    let best: { order: number[]; cost: number } | undefined;
    for (let at = order.length; at >= 0; at -= 1) {
      const candidate = [...order.slice(0, at), stop, ...order.slice(at)];
      const cost = costs.cost(candidate);
      if (!best || cost < best.cost - MIN_GAIN) best = { order: candidate, cost };
    }
    if (best) order = best.order;
  }
  return order;
}

function improve(first: readonly number[], costs: RouteCosts): number[] {
  let order = [...first];
  let cost = costs.cost(order);
  let iterations = 0;
  for (let isImproved = true; isImproved && iterations < MAX_ITERATIONS;) {
    isImproved = false;
    for (const candidate of neighbors(order)) {
      iterations += candidate.length;
      const candidateCost = costs.cost(candidate);
      if (candidateCost < cost - MIN_GAIN) {
        [order, cost, isImproved] = [candidate, candidateCost, true];
        break;
      }
      if (iterations >= MAX_ITERATIONS) break;
    }
  }
  return order;
}

/** All orders that reverse one segment (2-opt), or move a short segment elsewhere in either direction (Or-opt). */
function* neighbors(order: readonly number[]): Generator<number[]> {
  const count = order.length;
  for (let from = 0; from < count; from += 1) {
    for (let to = from + 2; to <= count; to += 1)
      yield [...order.slice(0, from), ...order.slice(from, to).reverse(), ...order.slice(to)];
  }
  for (let length = 1; length <= Math.min(MAX_SEGMENT, count - 1); length += 1) {
    for (let from = 0; from + length <= count; from += 1) {
      const segment = order.slice(from, from + length);
      const remainingStops = [...order.slice(0, from), ...order.slice(from + length)];
      for (let at = 0; at <= remainingStops.length; at += 1) {
        if (at === from) continue;
        yield [...remainingStops.slice(0, at), ...segment, ...remainingStops.slice(at)];
        if (length > 1) yield [...remainingStops.slice(0, at), ...[...segment].reverse(), ...remainingStops.slice(at)];
      }
    }
  }
}
