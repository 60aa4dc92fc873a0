import fc from 'fast-check';
import { propertyRuns } from '#libs/testing/properties/property-runs.js';
import { WordIndex } from './word-index.js';

const toStemCounts = (...stems: string[]): Map<string, number> =>
  stems.reduce((sum, stem) => sum.set(stem, (sum.get(stem) ?? 0) + 1), new Map<string, number>());
const LIMIT = 1_000;

/** Computes the BM25 scores of every recording without an index. */
function computeBm25(
  recordings: ReadonlyMap<string, ReadonlyMap<string, number>>,
  words: readonly (readonly string[])[],
) {
  const getLength = (stems: ReadonlyMap<string, number>) => [...stems.values()].reduce((sum, count) => sum + count, 0);
  const averageLength = [...recordings.values()].reduce((sum, stems) => sum + getLength(stems), 0) / recordings.size;
  const countStems = (stems: ReadonlyMap<string, number>, alternatives: readonly string[]) =>
    alternatives.reduce((sum, stem) => sum + (stems.get(stem) ?? 0), 0);
  const weights = words.map((alternatives) => {
    const matchCount = [...recordings.values()].filter((stems) => countStems(stems, alternatives) > 0).length;
    return Math.log(1 + (recordings.size - matchCount + 0.5) / (matchCount + 0.5));
  });
  const totalWeight = weights.reduce((sum, weight) => sum + weight, 0);
  return Object.fromEntries(
    [...recordings].flatMap(([id, stems]) => {
      const score = words.reduce((sum, alternatives, index) => {
        const count = countStems(stems, alternatives);
        return sum + ((weights[index] ?? 0) * count) / (count + 1.2 * (0.6 + (0.4 * getLength(stems)) / averageLength));
      }, 0);
      return score > 0 ? [[id, expect.closeTo(score / totalWeight, 8)]] : [];
    }),
  );
}

describe('full-text index of an organization', () => {
  const id = fc.constantFrom(...'abcdef');
  const stem = fc.constantFrom('dog', 'gate', 'porch', 'bell', 'code');
  const anyChange = fc.oneof(
    fc.record({ put: id, stems: fc.array(stem, { minLength: 1, maxLength: 6 }) }),
    fc.record({ remove: id }),
  );

  it('scores by the BM25 formula after any sequence of changes', () => {
    const anyQuery = fc.array(
      fc.array(stem, { minLength: 1, maxLength: 2 }).map((stems) => [...new Set(stems)]),
      {
        minLength: 1,
        maxLength: 3,
      },
    );
    fc.assert(
      fc.property(fc.array(anyChange, { maxLength: 60 }), anyQuery, (changes, words) => {
        const index = new WordIndex();
        const recordings = new Map<string, Map<string, number>>();
        for (const change of changes) {
          if ('remove' in change) {
            index.remove(change.remove);
            recordings.delete(change.remove);
          } else {
            index.put(change.put, toStemCounts(...change.stems));
            recordings.set(change.put, toStemCounts(...change.stems));
          }
        }
        const hits = index.search(words, undefined, LIMIT);
        expect(index.size).toBe(recordings.size);
        expect(Object.fromEntries(hits.map((hit) => [hit.id, hit.score]))).toEqual(computeBm25(recordings, words));
        expect(hits.map(({ score }) => score)).toEqual(hits.map(({ score }) => score).sort((a, b) => b - a));
        for (const { score } of hits) expect(score).toBeLessThan(1);
      }),
      { seed: 5, numRuns: propertyRuns(300) },
    );
  });

  it('returns the best of many hits, and only those that the filter includes', () => {
    const index = new WordIndex();
    for (let row = 0; row < 5_000; row += 1)
      index.put(`r${row}`, toStemCounts(...Array.from({ length: 1 + (row % 50) }, () => 'dog'), 'x'));
    const best = index.search([['dog']], undefined, 3);
    expect(best).toHaveLength(3);
    const all = index.search([['dog']], undefined, LIMIT * 10);
    expect(best).toEqual(all.slice(0, 3));
    expect(index.search([['dog']], (id) => id === 'r7', 3).map((hit) => hit.id)).toEqual(['r7']);
    expect(index.search([['cat']], undefined, 3)).toEqual([]);
  });

  it('does not grow when entries are replaced', () => {
    const index = new WordIndex();
    for (let row = 0; row < 20_000; row += 1) index.put(`r${row % 10}`, toStemCounts('dog', `word${row}`));
    expect(index.size).toBe(10);
    expect(index.search([['word19999']], undefined, LIMIT)).toHaveLength(1);
    expect(index.search([['word5']], undefined, LIMIT)).toEqual([]);
  });
});
