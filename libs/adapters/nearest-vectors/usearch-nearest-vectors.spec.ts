import fc from 'fast-check';
import { propertyRuns } from '#libs/testing/properties/property-runs.js';
import { UsearchNearestVectors } from './usearch-nearest-vectors.js';

const nearest = new UsearchNearestVectors();
const computeCosine = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0) / (Math.hypot(...a) * Math.hypot(...b));

describe('UsearchNearestVectors', () => {
  it('returns the same vectors as an exhaustive comparison, nearest first', () => {
    const component = fc.integer({ min: -127, max: 127 });
    const vector = fc
      .array(component, { minLength: 8, maxLength: 8 })
      .filter((components) => components.some((value) => value !== 0));
    fc.assert(
      fc.property(
        fc.array(vector, { minLength: 1, maxLength: 60 }),
        vector,
        fc.integer({ min: 1, max: 80 }),
        (rows, query, maxResults) => {
          const found = nearest.find(Int8Array.from(rows.flat()), Int8Array.from(query), maxResults);
          const similarities = rows.map((row) => computeCosine(row, query)).sort((a, b) => b - a);
          expect(found).toHaveLength(Math.min(maxResults, rows.length));
          for (const [index, row] of found.entries()) {
            expect(computeCosine(rows[row] ?? [], query)).toBeCloseTo(similarities[index] ?? NaN, 4);
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
