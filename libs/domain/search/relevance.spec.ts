import fc from 'fast-check';
import { MIN_SIMILARITY, relevance } from './relevance.js';

const score = fc.double({ min: 0, max: 1, noNaN: true });
const likeness = fc.double({ min: -1, max: 1, noNaN: true });

describe('relevance', () => {
  it('is 0 without a match, and never more than 1', () => {
    expect(relevance({ words: 0, similarity: MIN_SIMILARITY })).toBe(0);
    fc.assert(
      fc.property(score, likeness, (words, alike) => {
        const found = relevance({ words, similarity: alike });
        expect(found).toBeGreaterThanOrEqual(0);
        expect(found).toBeLessThanOrEqual(1);
      }),
      { seed: 2 },
    );
  });

  it('never decreases when the words match better or the meaning is closer', () => {
    fc.assert(
      fc.property(score, score, likeness, likeness, (one, other, alike, less) => {
        const [more, fewer] = [Math.max(one, other), Math.min(one, other)];
        expect(relevance({ words: more, similarity: alike })).toBeGreaterThanOrEqual(
          relevance({ words: fewer, similarity: alike }),
        );
        expect(relevance({ words: one, similarity: Math.max(alike, less) })).toBeGreaterThanOrEqual(
          relevance({ words: one, similarity: Math.min(alike, less) }),
        );
      }),
      { seed: 3 },
    );
  });

  it('is higher with both scores than with either alone', () => {
    const both = relevance({ words: 0.5, similarity: 0.7 });
    expect(both).toBeGreaterThan(relevance({ words: 0.5, similarity: 0 }));
    expect(both).toBeGreaterThan(relevance({ words: 0, similarity: 0.7 }));
  });
});
