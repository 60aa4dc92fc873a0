import fc from 'fast-check';
import { contains } from '#libs/domain/time/index.js';
import { propertyRuns } from '#libs/testing/properties/property-runs.js';
import { estimateArrivals, orderStops, RouteCosts, type RouteStart, type RouteStop } from './index.js';

const HOUR_MS = 3_600_000;
const at = (hour: number): Date => new Date(hour * HOUR_MS);
/** A stop at a multiple of a tenth of a degree: some 11 km, or half an hour, from the next. */
const stop = (id: string, tenth: number, [start, end]: [number, number], handlingSeconds = 300): RouteStop => ({
  id,
  position: [tenth / 10, 0],
  window: { start: at(start), end: at(end) },
  handlingSeconds,
});
const from = (tenth: number, hour = 9): RouteStart => ({
  position: [tenth / 10, 0],
  at: at(hour),
  travel: { streetFactor: 1.35, metersPerSecond: 8 },
});
const ids = (stops: readonly RouteStop[]): string => stops.map(({ id }) => id).join('');

const arbitraryStop = fc.record({
  tenth: fc.integer({ min: -20, max: 20 }),
  start: fc.integer({ min: 8, max: 16 }),
  length: fc.integer({ min: 1, max: 8 }),
  handlingSeconds: fc.integer({ min: 60, max: 900 }),
});
const stopsUpTo = (maxLength: number) =>
  fc
    .array(arbitraryStop, { maxLength })
    .map((stops) =>
      stops.map(({ tenth, start, length, handlingSeconds }, index) =>
        stop(String.fromCharCode(97 + index), tenth, [start, start + length], handlingSeconds),
      ),
    );

function* permutations(items: readonly number[]): Generator<number[]> {
  if (items.length === 0) yield [];
  for (const [index, item] of items.entries()) {
    const remainingItems = items.filter((_, other) => other !== index);
    for (const tail of permutations(remainingItems)) yield [item, ...tail];
  }
}

describe('orderStops', () => {
  it('follows the shortest way when the windows do not matter', () => {
    const stops = [stop('c', 3, [9, 17]), stop('a', 1, [9, 17]), stop('b', 2, [9, 17])];
    expect(ids(orderStops(stops, from(0)))).toBe('abc');
    expect(ids(orderStops(stops, from(4)))).toBe('cba');
  });

  it('makes a detour to keep a window', () => {
    const stops = [stop('n', 1, [13, 17]), stop('f', 4, [9, 12]), stop('g', 5, [9, 12])];
    expect(ids(orderStops(stops, from(0)))).toBe('fgn');
  });

  it('visits a stop on the way whose window is open', () => {
    const stops = [stop('e', 5, [9, 13]), stop('w', 2, [9, 17]), stop('l', 1, [14, 17])];
    expect(ids(orderStops(stops, from(0)))).toBe('wel');
  });

  it('contains each stop once, does not depend on the order of the input, and costs no more than the order by closing time', () => {
    fc.assert(
      fc.property(
        stopsUpTo(12).chain((stops) =>
          fc.tuple(fc.constant(stops), fc.shuffledSubarray(stops, { minLength: stops.length })),
        ),
        ([stops, shuffled]) => {
          const order = orderStops(stops, from(0));
          expect(ids(order)).toBe(ids(orderStops(shuffled, from(0))));
          expect([...ids(order)].sort()).toEqual(stops.map(({ id }) => id).sort());
          const computeCost = (ordered: readonly RouteStop[]): number =>
            new RouteCosts(ordered, from(0)).cost(ordered.map((_, index) => index + 1));
          const byClosing = [...stops].sort((a, b) => a.window.end.getTime() - b.window.end.getTime());
          expect(computeCost(order)).toBeLessThanOrEqual(computeCost(byClosing) + 1e-6);
        },
      ),
      { numRuns: propertyRuns(300) },
    );
  });

  it('finds the optimal order of a few stops nearly always, and never costs much more', () => {
    let [optimalCount, runs] = [0, 0];
    fc.assert(
      fc.property(stopsUpTo(6), (stops) => {
        const costs = new RouteCosts(stops, from(0));
        const indexOf = new Map(stops.map(({ id }, index) => [id, index + 1]));
        const cost = costs.cost(orderStops(stops, from(0)).map(({ id }) => indexOf.get(id) ?? 0));
        const minCost = Math.min(...[...permutations([...indexOf.values()])].map((order) => costs.cost(order)));
        runs += 1;
        optimalCount += Number(cost <= minCost + 1e-6);
        expect(cost).toBeLessThanOrEqual(minCost * 1.5 + 1e-6);
      }),
      { numRuns: propertyRuns(500), seed: 1 },
    );
    expect(optimalCount / runs).toBeGreaterThan(0.97);
  });
});

describe('estimateArrivals', () => {
  it('is less certain for later stops, never before the window opens, and certain again after a wait', () => {
    const stops = [stop('a', 1, [9, 17]), stop('b', 3, [9, 17]), stop('c', 4, [15, 17])];
    const [a, b, c] = estimateArrivals(stops, from(0));
    if (!a || !b || !c) throw new Error('Expected three arrivals.');
    const width = ({ earliest, latest }: { earliest: Date; latest: Date }): number =>
      latest.getTime() - earliest.getTime();
    // 11.1 km times 1.35, at 8 m/s.
    expect(a.at.getTime()).toBeCloseTo(at(9).getTime() + ((11_119.5 * 1.35) / 8) * 1000, -3);
    expect(width(b)).toBeGreaterThan(width(a));
    expect(c.at).toEqual(at(15));
    expect(width(c)).toBe(0);
  });

  it('returns times within their interval, in the order of the stops', () => {
    fc.assert(
      fc.property(stopsUpTo(10), (stops) => {
        const order = orderStops(stops, from(0));
        const arrivals = estimateArrivals(order, from(0));
        arrivals.forEach(({ at: mean, earliest, latest }, index) => {
          expect(contains({ start: earliest, end: new Date(latest.getTime() + 1) }, mean)).toBe(true);
          expect(earliest.getTime()).toBeGreaterThanOrEqual(order[index]?.window.start.getTime() ?? Infinity);
          expect(mean.getTime()).toBeGreaterThanOrEqual(arrivals[index - 1]?.at.getTime() ?? 0);
        });
      }),
    );
  });
});
