import { RouteTimes, type RouteStart, type StopToOrder } from './route.js';

/** Orders that are looked at, times their length: some tenth of a second, also for a day of hundreds of stops. */
const MOST_LOOKS = 3_000_000;
/** Stops that move together. */
const LONGEST_PIECE = 3;
const LEAST_GAIN = 1e-6;

/**
 * The order in which to visit the stops of a day, by the time they take: ways, lateness (which weighs most) and waiting. Each
 * stop is put where it costs least, those that close first first; then pieces are turned round (2-opt, Croes 1958) and moved
 * (Or-opt, Or 1976) for as long as that makes it cheaper. The result does not depend on the order of the input. It is a good
 * order, not always the best.
 */
export function orderStops<T extends StopToOrder>(stops: readonly T[], start: RouteStart): T[] {
  const sorted = [...stops].sort(byClosing);
  const times = new RouteTimes(sorted, start);
  const order = improved(inserted(sorted.length, times), times);
  return order.map((stop) => sorted[stop - 1] as T);
}

function byClosing(a: StopToOrder, b: StopToOrder): number {
  const [ends, starts] = [
    a.window.end.getTime() - b.window.end.getTime(),
    a.window.start.getTime() - b.window.start.getTime(),
  ];
  return ends || starts || (a.id < b.id ? -1 : 1);
}

function inserted(count: number, times: RouteTimes): number[] {
  let order: number[] = [];
  for (let stop = 1; stop <= count; stop += 1) {
    let best: { order: number[]; cost: number } | undefined;
    for (let at = order.length; at >= 0; at -= 1) {
      const tried = [...order.slice(0, at), stop, ...order.slice(at)];
      const cost = times.cost(tried);
      if (!best || cost < best.cost - LEAST_GAIN) best = { order: tried, cost };
    }
    if (best) order = best.order;
  }
  return order;
}

function improved(first: readonly number[], times: RouteTimes): number[] {
  let order = [...first];
  let cost = times.cost(order);
  let looks = 0;
  for (let better = true; better && looks < MOST_LOOKS;) {
    better = false;
    for (const tried of neighboursOf(order)) {
      looks += tried.length;
      const triedCost = times.cost(tried);
      if (triedCost < cost - LEAST_GAIN) {
        [order, cost, better] = [tried, triedCost, true];
        break;
      }
      if (looks >= MOST_LOOKS) break;
    }
  }
  return order;
}

/** Every order that turns one piece round, or moves a short one elsewhere, either way round. */
function* neighboursOf(order: readonly number[]): Generator<number[]> {
  const count = order.length;
  for (let from = 0; from < count; from += 1) {
    for (let to = from + 2; to <= count; to += 1)
      yield [...order.slice(0, from), ...order.slice(from, to).reverse(), ...order.slice(to)];
  }
  for (let length = 1; length <= Math.min(LONGEST_PIECE, count - 1); length += 1) {
    for (let from = 0; from + length <= count; from += 1) {
      const piece = order.slice(from, from + length);
      const rest = [...order.slice(0, from), ...order.slice(from + length)];
      for (let at = 0; at <= rest.length; at += 1) {
        if (at === from) continue;
        yield [...rest.slice(0, at), ...piece, ...rest.slice(at)];
        if (length > 1) yield [...rest.slice(0, at), ...[...piece].reverse(), ...rest.slice(at)];
      }
    }
  }
}
