import fc from 'fast-check';
import { propertyRuns } from '#libs/testing/properties/property-runs.js';
import { WordIndex } from './word-index.js';

const counts = (...stems: string[]): Map<string, number> =>
  stems.reduce((sum, stem) => sum.set(stem, (sum.get(stem) ?? 0) + 1), new Map<string, number>());
const LIMIT = 1_000;

/** The formula, computed over every recording. */
function bm25(known: ReadonlyMap<string, ReadonlyMap<string, number>>, words: readonly (readonly string[])[]) {
  const lengthOf = (stems: ReadonlyMap<string, number>) => [...stems.values()].reduce((sum, count) => sum + count, 0);
  const average = [...known.values()].reduce((sum, stems) => sum + lengthOf(stems), 0) / known.size;
  const countOf = (stems: ReadonlyMap<string, number>, alternatives: readonly string[]) =>
    alternatives.reduce((sum, stem) => sum + (stems.get(stem) ?? 0), 0);
  const weights = words.map((alternatives) => {
    const having = [...known.values()].filter((stems) => countOf(stems, alternatives) > 0).length;
    return Math.log(1 + (known.size - having + 0.5) / (having + 0.5));
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return Object.fromEntries(
    [...known].flatMap(([id, stems]) => {
      const score = words.reduce((sum, alternatives, at) => {
        const count = countOf(stems, alternatives);
        return sum + ((weights[at] ?? 0) * count) / (count + 1.2 * (0.6 + (0.4 * lengthOf(stems)) / average));
      }, 0);
      return score > 0 ? [[id, expect.closeTo(score / total, 8)]] : [];
    }),
  );
}

describe('full-text index of an organization', () => {
  const id = fc.constantFrom(...'abcdef');
  const stem = fc.constantFrom('dog', 'gate', 'porch', 'bell', 'code');
  const change = fc.oneof(
    fc.record({ put: id, stems: fc.array(stem, { minLength: 1, maxLength: 6 }) }),
    fc.record({ remove: id }),
  );

  it('scores by the BM25 formula after any sequence of changes', () => {
    const asked = fc.array(
      fc.array(stem, { minLength: 1, maxLength: 2 }).map((some) => [...new Set(some)]),
      {
        minLength: 1,
        maxLength: 3,
      },
    );
    fc.assert(
      fc.property(fc.array(change, { maxLength: 60 }), asked, (changes, words) => {
        const index = new WordIndex();
        const known = new Map<string, Map<string, number>>();
        for (const one of changes) {
          if ('remove' in one) {
            index.remove(one.remove);
            known.delete(one.remove);
          } else {
            index.put(one.put, counts(...one.stems));
            known.set(one.put, counts(...one.stems));
          }
        }
        const found = index.search(words, undefined, LIMIT);
        expect(index.size).toBe(known.size);
        expect(Object.fromEntries(found.map((one) => [one.id, one.score]))).toEqual(bm25(known, words));
        expect(found.map(({ score }) => score)).toEqual(found.map(({ score }) => score).sort((a, b) => b - a));
        for (const { score } of found) expect(score).toBeLessThan(1);
      }),
      { seed: 5, numRuns: propertyRuns(300) },
    );
  });

  it('returns the best of many results, and only those that pass the filter', () => {
    const index = new WordIndex();
    for (let at = 0; at < 5_000; at += 1)
      index.put(`r${at}`, counts(...Array.from({ length: 1 + (at % 50) }, () => 'dog'), 'x'));
    const best = index.search([['dog']], undefined, 3);
    expect(best).toHaveLength(3);
    const all = index.search([['dog']], undefined, LIMIT * 10);
    expect(best).toEqual(all.slice(0, 3));
    expect(index.search([['dog']], (one) => one === 'r7', 3).map((one) => one.id)).toEqual(['r7']);
    expect(index.search([['cat']], undefined, 3)).toEqual([]);
  });

  it('does not grow when entries are replaced', () => {
    const index = new WordIndex();
    for (let at = 0; at < 20_000; at += 1) index.put(`r${at % 10}`, counts('dog', `word${at}`));
    expect(index.size).toBe(10);
    expect(index.search([['word19999']], undefined, LIMIT)).toHaveLength(1);
    expect(index.search([['word5']], undefined, LIMIT)).toEqual([]);
  });
});
