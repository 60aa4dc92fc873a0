import fc from 'fast-check';
import { orderStops, type StopToOrder } from './index.js';

const HOUR_MS = 3_600_000;
const at = (hour: number): Date => new Date(hour * HOUR_MS);
const stop = (id: string, lng: number, [start, end]: [number, number]): StopToOrder => ({
  id,
  position: [lng, 0],
  window: { start: at(start), end: at(end) },
});
const ids = (stops: readonly StopToOrder[]): string => stops.map(({ id }) => id).join('');

describe('the order of stops', () => {
  it('goes to the nearest next where time does not matter', () => {
    const all = [stop('c', 3, [9, 17]), stop('a', 1, [9, 17]), stop('b', 2, [9, 17])];
    expect(ids(orderStops(all, [0, 0]))).toBe('abc');
    expect(ids(orderStops(all, [4, 0]))).toBe('cba');
  });

  it('visits what closes before another opens first, however far it is', () => {
    const all = [stop('n', 0.1, [13, 15]), stop('f', 5, [9, 11]), stop('g', 6, [9, 11])];
    expect(ids(orderStops(all, [0, 0]))).toBe('fgn');
  });

  it('takes what lies on the way and is open already', () => {
    const all = [stop('e', 5, [9, 11]), stop('w', 2, [9, 17]), stop('l', 1, [12, 17])];
    expect(ids(orderStops(all, [0, 0]))).toBe('wel');
  });

  const anyStop = fc
    .record({
      lng: fc.integer({ min: -20, max: 20 }),
      start: fc.integer({ min: 8, max: 18 }),
      length: fc.integer({ min: 1, max: 6 }),
    })
    .map(({ lng, start, length }) => ({ lng, window: [start, start + length] as [number, number] }));
  const anyStops = fc
    .array(anyStop, { maxLength: 12 })
    .map((all) => all.map(({ lng, window }, index) => stop(String.fromCharCode(97 + index), lng, window)));

  it('has every stop once, does not depend on how they are given, and never puts a later window first', () => {
    fc.assert(
      fc.property(
        anyStops.chain((stops) =>
          fc.tuple(fc.constant(stops), fc.shuffledSubarray(stops, { minLength: stops.length })),
        ),
        ([stops, shuffled]) => {
          const order = orderStops(stops, [0, 0]);
          expect(ids(order)).toBe(ids(orderStops(shuffled, [0, 0])));
          expect([...ids(order)].sort()).toEqual(stops.map(({ id }) => id).sort());
          order.forEach((later, index) => {
            for (const earlier of order.slice(0, index))
              expect(later.window.end.getTime()).toBeGreaterThan(earlier.window.start.getTime());
          });
        },
      ),
    );
  });
});
