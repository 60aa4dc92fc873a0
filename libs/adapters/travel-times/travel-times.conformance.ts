import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { distanceMeters, type Position } from '#libs/domain/geo/index.js';
import type { TravelTimes } from '#libs/ports/travel-times.js';

export interface TravelTimesUnderTest {
  readonly times: TravelTimes;
  readonly stop: () => Promise<void>;
}

const around = (count: number, lng: number): Position[] =>
  Array.from({ length: count }, (_, index) => [lng + (index % 12) / 100, 41.8 + Math.floor(index / 12) / 100]);

/** Requirements for every provider of travel times. */
export function travelTimesConformance(name: string, start: () => Promise<TravelTimesUnderTest>): void {
  describe(`travel times: ${name}`, () => {
    let under: TravelTimesUnderTest;
    beforeAll(async () => {
      under = await start();
    });
    afterAll(() => under.stop());

    it.each([
      [1, 1],
      [3, 2],
      [120, 70],
    ])('returns a matrix of %d by %d times, each for the correct pair', async (height, width) => {
      const [from, to] = [around(height, -87.7), around(width, -87.65)];
      const times = await under.times.between(from, to);
      expect(times).toHaveLength(height);
      for (const [row, here] of from.entries()) {
        expect(times[row]).toHaveLength(width);
        for (const [column, there] of to.entries()) {
          const meters = distanceMeters(here, there);
          const seconds = times[row]?.[column] ?? NaN;
          // Bounds from walking to very high speed. They identify the pair for any road network.
          expect(seconds).toBeGreaterThanOrEqual(meters / 50);
          expect(seconds).toBeLessThanOrEqual(meters / 1 + 600);
        }
      }
    });

    it('returns zero between identical positions', async () => {
      expect((await under.times.between([[-87.6, 41.9]], [[-87.6, 41.9]]))[0]?.[0]).toBeCloseTo(0, 0);
    });
  });
}
