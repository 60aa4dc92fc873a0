import fc from 'fast-check';
import { MIN_SIMILARITY, computeRelevance } from './relevance.js';

const wordScores = fc.double({ min: 0, max: 1, noNaN: true });
const similarities = fc.double({ min: -1, max: 1, noNaN: true });

describe('relevance', () => {
  it('is 0 without a match, and never more than 1', () => {
    expect(computeRelevance({ words: 0, similarity: MIN_SIMILARITY })).toBe(0);
    fc.assert(
      fc.property(wordScores, similarities, (words, similarity) => {
        const result = computeRelevance({ words, similarity });
        expect(result).toBeGreaterThanOrEqual(0);
        expect(result).toBeLessThanOrEqual(1);
      }),
      { seed: 2 },
    );
  });

  it('never decreases when the words match better or the meaning is closer', () => {
    fc.assert(
      fc.property(
        wordScores,
        wordScores,
        similarities,
        similarities,
        (score, otherScore, similarity, otherSimilarity) => {
          const [higher, lower] = [Math.max(score, otherScore), Math.min(score, otherScore)];
          expect(computeRelevance({ words: higher, similarity })).toBeGreaterThanOrEqual(
            computeRelevance({ words: lower, similarity }),
          );
          expect(
            computeRelevance({ words: score, similarity: Math.max(similarity, otherSimilarity) }),
          ).toBeGreaterThanOrEqual(
            computeRelevance({ words: score, similarity: Math.min(similarity, otherSimilarity) }),
          );
        },
      ),
      { seed: 3 },
    );
  });

  it('is higher with both scores than with either alone', () => {
    const withBoth = computeRelevance({ words: 0.5, similarity: 0.7 });
    expect(withBoth).toBeGreaterThan(computeRelevance({ words: 0.5, similarity: 0 }));
    expect(withBoth).toBeGreaterThan(computeRelevance({ words: 0, similarity: 0.7 }));
  });
});
