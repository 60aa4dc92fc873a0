import fc from 'fast-check';
import { UsearchNearestVectors } from './usearch-nearest-vectors.js';

const nearest = new UsearchNearestVectors();
const dot = (one: readonly number[], other: readonly number[]): number =>
  one.reduce((sum, value, index) => sum + value * (other[index] ?? 0), 0);

describe('the nearest vectors', () => {
  it('are those that comparing with each one finds, the nearest first', () => {
    const component = fc.double({ min: -1, max: 1, noNaN: true });
    const vector = fc.array(component, { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(
        fc.array(vector, { minLength: 1, maxLength: 60 }),
        vector,
        fc.integer({ min: 1, max: 80 }),
        (rows, query, most) => {
          const found = nearest.find(Float32Array.from(rows.flat()), Float32Array.from(query), most);
          const all = rows.map((row) => dot(row, query)).sort((a, b) => b - a);
          expect(found).toHaveLength(Math.min(most, rows.length));
          for (const [index, { row, likeness }] of found.entries()) {
            expect(likeness).toBeCloseTo(dot(rows[row] ?? [], query), 4);
            expect(likeness).toBeCloseTo(all[index] ?? NaN, 4);
          }
          expect(new Set(found.map(({ row }) => row)).size).toBe(found.length);
        },
      ),
      { seed: 6, numRuns: 200 },
    );
  });

  it('are none of none', () => {
    expect(nearest.find(new Float32Array(0), Float32Array.of(1, 0), 5)).toEqual([]);
  });
});
