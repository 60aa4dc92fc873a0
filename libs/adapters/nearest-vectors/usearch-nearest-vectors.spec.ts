import fc from 'fast-check';
import { propertyRuns } from '#libs/testing/properties/property-runs.js';
import { UsearchNearestVectors } from './usearch-nearest-vectors.js';

const nearest = new UsearchNearestVectors();
const cosine = (one: readonly number[], other: readonly number[]): number =>
  one.reduce((sum, value, index) => sum + value * (other[index] ?? 0), 0) / (Math.hypot(...one) * Math.hypot(...other));

describe('UsearchNearestVectors', () => {
  it('returns the same vectors as an exhaustive comparison, nearest first', () => {
    const component = fc.integer({ min: -127, max: 127 });
    const vector = fc.array(component, { minLength: 8, maxLength: 8 }).filter((some) => some.some((one) => one !== 0));
    fc.assert(
      fc.property(
        fc.array(vector, { minLength: 1, maxLength: 60 }),
        vector,
        fc.integer({ min: 1, max: 80 }),
        (rows, query, maxResults) => {
          const found = nearest.find(Int8Array.from(rows.flat()), Int8Array.from(query), maxResults);
          const all = rows.map((row) => cosine(row, query)).sort((a, b) => b - a);
          expect(found).toHaveLength(Math.min(maxResults, rows.length));
          for (const [index, row] of found.entries()) {
            expect(cosine(rows[row] ?? [], query)).toBeCloseTo(all[index] ?? NaN, 4);
          }
          expect(new Set(found).size).toBe(found.length);
        },
      ),
      { seed: 6, numRuns: propertyRuns(200) },
    );
  });

  it('returns nothing for an empty matrix', () => {
    expect(nearest.find(new Int8Array(0), Int8Array.of(1, 0), 5)).toEqual([]);
  });
});
