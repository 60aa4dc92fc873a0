import fc from 'fast-check';
import type { NearestVectors } from '#libs/ports/nearest-vectors.js';
import { type VectorHit, VectorIndex } from './vector-index.js';

const dot = (one: ArrayLike<number>, other: ArrayLike<number>): number =>
  Array.from(one).reduce((sum, value, index) => sum + value * (other[index] ?? 0), 0);

/** Exhaustive search. */
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
  const change = fc.oneof(
    fc.record({ put: id, vector: fc.tuple(component, component, component) }),
    fc.record({ remove: id }),
  );

  it('are those that were put and not removed, after any sequence of changes', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 60 }), fc.tuple(component, component, component), (changes, asked) => {
        const index = new VectorIndex(DIMENSIONS, nearest);
        const known = new Map<string, Float32Array>();
        for (const one of changes) {
          if ('remove' in one) {
            index.remove(one.remove);
            known.delete(one.remove);
          } else {
            const vector = Float32Array.from(one.vector);
            index.put(one.put, vector);
            known.set(one.put, vector);
          }
        }
        const query = Float32Array.from(asked);
        const byId = (found: readonly VectorHit[]) => Object.fromEntries(found.map((one) => [one.id, one.similarity]));
        const expected = (passes: (one: string) => boolean) =>
          Object.fromEntries(
            [...known].filter(([one]) => passes(one)).map(([one, vector]) => [one, dot(vector, query)]),
          );
        expect(index.size).toBe(known.size);
        expect(byId(index.search(query, undefined, LIMIT))).toEqual(expected(() => true));
        const isEarly = (one: string) => one < 'd';
        expect(byId(index.search(query, isEarly, LIMIT))).toEqual(expected(isEarly));
        for (const [one, vector] of known) expect(index.similarityTo(one, query)).toBe(dot(vector, query));
      }),
      { seed: 11 },
    );
  });

  it('grow beyond the initial capacity and reject vectors of another size', () => {
    const index = new VectorIndex(DIMENSIONS, nearest);
    const towards = (at: number) => Float32Array.of(Math.cos(at / LIMIT), Math.sin(at / LIMIT), 0);
    for (let at = 0; at < LIMIT; at += 1) index.put(`r${at}`, towards(at));
    expect(index.search(towards(500.4), undefined, 3).map((one) => one.id)).toEqual(['r500', 'r501', 'r499']);
    expect(() => index.put('r1', Float32Array.of(1))).toThrow(RangeError);
  });
});
