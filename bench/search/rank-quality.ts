type Grades = Readonly<Record<string, number>>;

/**
 * Normalized discounted cumulative gain of the first `depth` results: gain 2^grade − 1, discount log2(rank + 1) (Burges
 * et al., ICML 2005), divided by that of the best possible order.
 *
 * @returns Null if no document is relevant.
 */
export function ndcg(found: readonly string[], relevant: Grades, depth: number): number | null {
  const gains = found.slice(0, depth).map((id) => relevant[id] ?? 0);
  const ideal = Object.values(relevant)
    .sort((a, b) => b - a)
    .slice(0, depth);
  const best = discountedGain(ideal);
  return best === 0 ? null : discountedGain(gains) / best;
}

/**
 * The share of the relevant documents that are among the first `depth` results. If more than
 * `depth` documents are relevant, the share of the first `depth` results that are relevant.
 *
 * @returns Null if no document is relevant.
 */
export function recall(found: readonly string[], relevant: Grades, depth: number): number | null {
  const relevantCount = Object.keys(relevant).length;
  if (relevantCount === 0) return null;
  const hits = found.slice(0, depth).filter((id) => (relevant[id] ?? 0) > 0).length;
  return hits / Math.min(relevantCount, depth);
}

const discountedGain = (grades: readonly number[]): number =>
  grades.reduce((sum, grade, index) => sum + (2 ** grade - 1) / Math.log2(index + 2), 0);
