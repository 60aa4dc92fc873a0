import fc from 'fast-check';
import type { NearestVectors } from '#libs/ports/nearest-vectors.js';
import { MeaningIndex, type MeaningEntry } from './meaning-index.js';

const dot = (one: ArrayLike<number>, other: ArrayLike<number>): number =>
  Array.from(one).reduce((sum, value, index) => sum + value * (other[index] ?? 0), 0);

/** By comparing with each. */
const nearest: NearestVectors = {
  find: (matrix, query, most) =>
    Array.from({ length: matrix.length / query.length }, (_, row) => ({
      row,
      likeness: dot(matrix.subarray(row * query.length, (row + 1) * query.length), query),
    }))
      .sort((a, b) => b.likeness - a.likeness)
      .slice(0, most),
};

const DIMENSIONS = 3;
const MOST = 1_000;

describe('an organisation’s meanings', () => {
  const component = fc.integer({ min: -8, max: 8 });
  const id = fc.constantFrom(...'abcdefgh');
  const change = fc.oneof(
    fc.record({ put: id, vector: fc.tuple(component, component, component), agentId: fc.constantFrom('one', 'two') }),
    fc.record({ remove: id }),
  );

  it('are those that were put and not removed, however often and in whatever order', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 60 }), fc.tuple(component, component, component), (changes, asked) => {
        const index = new MeaningIndex(DIMENSIONS, nearest);
        const known = new Map<string, MeaningEntry>();
        for (const one of changes) {
          if ('remove' in one) {
            index.remove(one.remove);
            known.delete(one.remove);
          } else {
            const { put, vector, agentId } = one;
            const entry = { id: put, vector: Float32Array.from(vector), spokenAt: new Date(0), agentId };
            index.put(entry);
            known.set(put, entry);
          }
        }
        const query = Float32Array.from(asked);
        const byId = (found: readonly { id: string; likeness: number }[]) =>
          Object.fromEntries(found.map((one) => [one.id, one.likeness]));
        const expected = (some: readonly MeaningEntry[]) =>
          Object.fromEntries(some.map((one) => [one.id, dot(one.vector, query)]));
        const all = [...known.values()];
        expect(index.size).toBe(all.length);
        expect(byId(index.search(query, {}, MOST))).toEqual(expected(all));
        const ofOne = all.filter(({ agentId }) => agentId === 'one');
        expect(byId(index.search(query, { agentId: 'one' }, MOST))).toEqual(expected(ofOne));
        for (const entry of all) expect(index.likenessOf(entry.id, query)).toBe(dot(entry.vector, query));
      }),
      { seed: 11 },
    );
  });

  it('grow beyond what was made room for, and refuse another size', () => {
    const index = new MeaningIndex(DIMENSIONS, nearest);
    const entry = (at: number): MeaningEntry => ({
      id: `r${at}`,
      vector: Float32Array.of(at, 0, 0),
      spokenAt: new Date(0),
    });
    for (let at = 0; at < MOST; at += 1) index.put(entry(at));
    expect(index.search(Float32Array.of(1, 0, 0), {}, 2).map((one) => one.id)).toEqual(['r999', 'r998']);
    expect(() => index.put({ ...entry(1), vector: Float32Array.of(1) })).toThrow(RangeError);
  });
});
