/** What two ways of looking found of one text; 0 for what one of them did not find. */
export interface Evidence {
  /** How well the words fit, 0 to 1. */
  readonly words: number;
  /** The cosine between what was asked and what is meant. */
  readonly likeness: number;
}

/** Less alike than this says nothing: sentences about parcels are all a little alike. */
export const LEAST_LIKENESS = 0.3;
/** The share of words in what can be reached; by `npm run eval:search`. */
const WORDS_SHARE = 0.5;

/**
 * How relevant a text is, 0 to 1: a convex combination of both, each brought to 0 to 1 by itself. Better than fusing ranks
 * where scores mean something (Bruch, Gai, Ingber, ACM TOIS 42, 2023).
 */
export function relevance({ words, likeness }: Evidence): number {
  const ofWords = Math.min(1, Math.max(0, words));
  const ofMeaning = Math.max(0, likeness - LEAST_LIKENESS) / (1 - LEAST_LIKENESS);
  return WORDS_SHARE * ofWords + (1 - WORDS_SHARE) * Math.min(1, ofMeaning);
}
