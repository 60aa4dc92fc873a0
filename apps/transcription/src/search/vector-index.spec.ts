import fc from 'fast-check';
import type { NearestVectors } from '#libs/ports/nearest-vectors.js';
import { type VectorHit, VectorIndex } from './vector-index.js';

const dot = (vector: ArrayLike<number>, other: ArrayLike<number>): number =>
  Array.from(vector).reduce((sum, value, index) => sum + value * (other[index] ?? 0), 0);

/** Compares the query with every vector, as the reference for the index. */
const nearest: NearestVectors = {
  find: (matrix, query, limit) =>
    Array.from({ length: matrix.length / query.length }, (_, row) => {
      const vector = matrix.subarray(row * query.length, (row + 1) * query.length);
      return { row, cosine: dot(vector, query) / (Math.hypot(...vector) || 1) };
    })
      .sort((a, b) => b.cosine - a.cosine)
      .slice(0, limit)
      .map(({ row }) => row),
};

const DIMENSIONS = 3;
const LIMIT = 1_000;

describe('embeddings of an organization', () => {
  const component = fc.integer({ min: -8, max: 8 });
  const id = fc.constantFrom(...'abcdefgh');
  const anyChange = fc.oneof(
    fc.record({ put: id, vector: fc.tuple(component, component, component) }),
    fc.record({ remove: id }),
  );

  it('are those that were put and not removed, after any sequence of changes', () => {
    fc.assert(
      fc.property(
        fc.array(anyChange, { maxLength: 60 }),
        fc.tuple(component, component, component),
        (changes, queryComponents) => {
          const index = new VectorIndex(DIMENSIONS, nearest);
          const expectedVectors = new Map<string, Float32Array>();
          for (const change of changes) {
            if ('remove' in change) {
              index.remove(change.remove);
              expectedVectors.delete(change.remove);
            } else {
              const vector = Float32Array.from(change.vector);
              index.put(change.put, vector);
              expectedVectors.set(change.put, vector);
            }
          }
          const query = Float32Array.from(queryComponents);
          const toSimilarities = (hits: readonly VectorHit[]) =>
            Object.fromEntries(hits.map((hit) => [hit.id, hit.similarity]));
          const computeSimilarities = (isIncluded: (id: string) => boolean) =>
            Object.fromEntries(
              [...expectedVectors].filter(([id]) => isIncluded(id)).map(([id, vector]) => [id, dot(vector, query)]),
            );
          expect(index.size).toBe(expectedVectors.size);
          expect(toSimilarities(index.search(query, undefined, LIMIT))).toEqual(computeSimilarities(() => true));
          const isEarly = (id: string) => id < 'd';
          expect(toSimilarities(index.search(query, isEarly, LIMIT))).toEqual(computeSimilarities(isEarly));
          for (const [id, vector] of expectedVectors) expect(index.similarityTo(id, query)).toBe(dot(vector, query));
        },
      ),
      { seed: 11 },
    );
  });

  it('grow beyond the initial capacity and reject vectors of another size', () => {
    const index = new VectorIndex(DIMENSIONS, nearest);
    const toUnitVector = (step: number) => Float32Array.of(Math.cos(step / LIMIT), Math.sin(step / LIMIT), 0);
    for (let step = 0; step < LIMIT; step += 1) index.put(`r${step}`, toUnitVector(step));
    expect(index.search(toUnitVector(500.4), undefined, 3).map((hit) => hit.id)).toEqual(['r500', 'r501', 'r499']);
    expect(() => index.put('r1', Float32Array.of(1))).toThrow(RangeError);
  });
});
