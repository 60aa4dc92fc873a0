/** Occurrences of each stem in a recording. Important words are weighted higher. */
export type StemCounts = ReadonlyMap<string, number>;

export interface WordHit {
  readonly id: string;
  /** 0 to 1: the share of the maximum score of the query. */
  readonly score: number;
}

interface Row {
  readonly id: string;
  readonly stems: StemCounts;
}

interface Postings {
  readonly rows: number[];
  readonly counts: number[];
}

const NO_POSTINGS: Postings = { rows: [], counts: [] };
/**
 * BM25 parameters: saturation of repeated words (k1) and discount of long texts (b). Tuned by `npm run eval:search`.
 */
const K1 = 1.2;
const B = 0.4;
/** The postings are rebuilt when the removed rows exceed the live ones by more than this number. */
const MAX_REMOVED = 1_000;
/** Number of buckets of the histogram that selects the best scores. */
const BUCKETS = 4_096;

/**
 * In-memory full-text index of one organization's recordings. Scores are Okapi BM25 (Robertson, Zaragoza, "The
 * Probabilistic Relevance Framework", 2009, eq. 3.15), divided by the maximum that a recording could have.
 */
export class WordIndex {
  private rows: (Row | undefined)[] = [];
  /** Length of each row; 0 if it was removed. */
  private lengths: number[] = [];
  private readonly rowOf = new Map<string, number>();
  private postings = new Map<string, Postings>();
  private totalLength = 0;

  get size(): number {
    return this.rowOf.size;
  }

  /** Adds a recording, or replaces the one with the same id. */
  put(id: string, stems: StemCounts): void {
    const at = this.rowOf.get(id);
    const before = at === undefined ? undefined : this.rows[at];
    if (before && isEqual(before.stems, stems)) return;
    this.remove(id);
    this.add({ id, stems });
  }

  remove(id: string): void {
    const at = this.rowOf.get(id);
    if (at === undefined) return;
    this.totalLength -= this.lengths[at] ?? 0;
    this.lengths[at] = 0;
    this.rows[at] = undefined;
    this.rowOf.delete(id);
    if (this.rows.length > 2 * this.rowOf.size + MAX_REMOVED) this.rebuild();
  }

  /**
   * Best first, at most `limit`.
   * @param words each word by its stems, any of which matches
   * @param passes restricts the search to ids that it accepts; all are searched if undefined
   */
  search(
    words: readonly (readonly string[])[],
    passes: ((id: string) => boolean) | undefined,
    limit: number,
  ): WordHit[] {
    const scores = new Float64Array(this.rows.length);
    const counts = new Float64Array(this.rows.length);
    const found: number[] = [];
    const { lengths } = this;
    const [constantTerm, lengthFactor] = [K1 * (1 - B), (K1 * B * this.size) / this.totalLength];
    let totalWeight = 0;
    for (const stems of words) {
      const rows = this.count(stems, counts);
      const weight = Math.log(1 + (this.size - rows.length + 0.5) / (rows.length + 0.5));
      totalWeight += weight;
      for (const row of rows) {
        const count = counts[row] ?? 0;
        const before = scores[row] ?? 0;
        if (before === 0) found.push(row);
        scores[row] = before + (weight * count) / (count + constantTerm + lengthFactor * (lengths[row] ?? 0));
        counts[row] = 0;
      }
    }
    const passing = passes ? found.filter((row) => passes(this.rows[row]?.id ?? '')) : found;
    return selectBest(passing, scores, limit).map((row) => ({
      id: this.rows[row]?.id ?? '',
      score: (scores[row] ?? 0) / totalWeight,
    }));
  }

  /**
   * Adds to `counts` the occurrences of any of the stems in each row.
   * @returns the rows with an occurrence
   */
  private count(stems: readonly string[], counts: Float64Array): number[] {
    const found: number[] = [];
    const { lengths } = this;
    for (const stem of stems) {
      const { rows, counts: times } = this.postings.get(stem) ?? NO_POSTINGS;
      for (let at = 0; at < rows.length; at += 1) {
        const row = rows[at] ?? 0;
        if (lengths[row] === 0) continue;
        const before = counts[row] ?? 0;
        if (before === 0) found.push(row);
        counts[row] = before + (times[at] ?? 0);
      }
    }
    return found;
  }

  private add(row: Row): void {
    const at = this.rows.push(row) - 1;
    const length = [...row.stems.values()].reduce((sum, count) => sum + count, 0);
    this.rowOf.set(row.id, at);
    this.lengths.push(length);
    this.totalLength += length;
    for (const [stem, count] of row.stems) {
      let postings = this.postings.get(stem);
      if (!postings) this.postings.set(stem, (postings = { rows: [], counts: [] }));
      postings.rows.push(at);
      postings.counts.push(count);
    }
  }

  private rebuild(): void {
    const remaining = this.rows.filter((row) => row !== undefined);
    this.rows = [];
    this.lengths = [];
    this.postings = new Map();
    this.totalLength = 0;
    for (const row of remaining) this.add(row);
  }
}

const isEqual = (one: StemCounts, other: StemCounts): boolean =>
  one.size === other.size && [...one].every(([stem, count]) => other.get(stem) === count);

/**
 * Selects the rows with the highest scores without sorting all rows, because a common word occurs in most recordings.
 */
function selectBest(rows: readonly number[], scores: Float64Array, limit: number): number[] {
  let highest = 0;
  for (const row of rows) highest = Math.max(highest, scores[row] ?? 0);
  const bucketOf = (row: number): number => Math.floor(((scores[row] ?? 0) / highest) * (BUCKETS - 1));
  const bucketSizes = new Uint32Array(BUCKETS);
  for (const row of rows) {
    const bucket = bucketOf(row);
    bucketSizes[bucket] = (bucketSizes[bucket] ?? 0) + 1;
  }
  let lowest = BUCKETS - 1;
  for (let selected = bucketSizes[lowest] ?? 0; selected < limit && lowest > 0; selected += bucketSizes[lowest] ?? 0)
    lowest -= 1;
  return rows
    .filter((row) => bucketOf(row) >= lowest)
    .sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || b - a)
    .slice(0, limit);
}
