/** The scores of one text by full-text and semantic search; 0 where a search did not find it. */
export interface SearchScores {
  /** The full-text score, 0 to 1. */
  readonly words: number;
  /** The cosine similarity of the embeddings of query and text, -1 to 1. */
  readonly similarity: number;
}

/** A lower similarity carries no information: all sentences about parcels are somewhat similar. */
export const MIN_SIMILARITY = 0.3;
/** The weight of the full-text score, 0 to 1, tuned with `npm run eval:search`. */
const WORDS_WEIGHT = 0.5;

/**
 * Computes the relevance of a text, 0 to 1: a convex combination of both scores, each normalized to 0 to 1. Where
 * scores are meaningful, this beats rank fusion (Bruch, Gai, Ingber, ACM TOIS 42, 2023).
 */
export function computeRelevance({ words, similarity }: SearchScores): number {
  const wordScore = Math.min(1, Math.max(0, words));
  const meaningScore = Math.max(0, similarity - MIN_SIMILARITY) / (1 - MIN_SIMILARITY);
  return WORDS_WEIGHT * wordScore + (1 - WORDS_WEIGHT) * Math.min(1, meaningScore);
}
