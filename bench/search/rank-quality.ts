type Grades = Readonly<Record<string, number>>;

/**
 * Normalised discounted cumulative gain of the first `depth` results: gain 2^grade − 1, discount log2(rank + 1)
 * (Burges et al., ICML 2005), by that of the best possible order. Null where nothing is relevant.
 */
export function ndcg(found: readonly string[], relevant: Grades, depth: number): number | null {
  const gains = found.slice(0, depth).map((id) => relevant[id] ?? 0);
  const ideal = Object.values(relevant)
    .sort((a, b) => b - a)
    .slice(0, depth);
  const best = discounted(ideal);
  return best === 0 ? null : discounted(gains) / best;
}

/** The share of what is relevant that is among the first `depth`; of more than fit, the share of those that could. */
export function recall(found: readonly string[], relevant: Grades, depth: number): number | null {
  const wanted = Object.keys(relevant).length;
  if (wanted === 0) return null;
  const hits = found.slice(0, depth).filter((id) => (relevant[id] ?? 0) > 0).length;
  return hits / Math.min(wanted, depth);
}

const discounted = (grades: readonly number[]): number =>
  grades.reduce((sum, grade, index) => sum + (2 ** grade - 1) / Math.log2(index + 2), 0);
