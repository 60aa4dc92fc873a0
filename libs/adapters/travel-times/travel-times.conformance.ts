import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { distanceMeters, type Position } from '#libs/domain/geo/index.js';
import type { TravelTimes } from '#libs/ports/travel-times.js';

/** A provider of travel times and a function that stops its server. */
export interface TravelTimesUnderTest {
  readonly times: TravelTimes;
  readonly stop: () => Promise<void>;
}

/** Bounds of a travel time that hold for any road network. */
const MAX_METERS_PER_SECOND = 50;
const MIN_METERS_PER_SECOND = 1;
const MAX_DETOUR_SECONDS = 600;

/** A grid of positions, 12 in a row and 0.01° apart, whose southwest corner is at longitude `lng`. */
const toGrid = (count: number, lng: number): Position[] =>
  Array.from({ length: count }, (_, index) => [lng + (index % 12) / 100, 41.8 + Math.floor(index / 12) / 100]);

/** Requirements for every provider of travel times. */
export function travelTimesConformance(name: string, start: () => Promise<TravelTimesUnderTest>): void {
  describe(`travel times: ${name}`, () => {
    let underTest: TravelTimesUnderTest;
    beforeAll(async () => {
      underTest = await start();
    });
    afterAll(() => underTest.stop());

    it.each([
      [1, 1],
      [3, 2],
      [120, 70],
    ])('returns a matrix of %d by %d times, each for the correct pair', async (height, width) => {
      const [from, to] = [toGrid(height, -87.7), toGrid(width, -87.65)];
      const times = await underTest.times.fetchMatrix(from, to);
      expect(times).toHaveLength(height);
      for (const [row, origin] of from.entries()) {
        expect(times[row]).toHaveLength(width);
        for (const [column, destination] of to.entries()) {
          const meters = distanceMeters(origin, destination);
          const seconds = times[row]?.[column] ?? NaN;
          expect(seconds).toBeGreaterThanOrEqual(meters / MAX_METERS_PER_SECOND);
          expect(seconds).toBeLessThanOrEqual(meters / MIN_METERS_PER_SECOND + MAX_DETOUR_SECONDS);
        }
      }
    });

    it('returns zero between identical positions', async () => {
      expect((await underTest.times.fetchMatrix([[-87.6, 41.9]], [[-87.6, 41.9]]))[0]?.[0]).toBeCloseTo(0, 0);
    });
  });
}
