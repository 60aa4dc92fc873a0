/** Occurrences of each stem in a recording, multiplied by the weight of the text that contains them. */
export type StemCounts = ReadonlyMap<string, number>;

export interface WordHit {
  readonly id: string;
  /** From 0 to 1: the BM25 score divided by the maximum that the query permits. */
  readonly score: number;
}

interface Row {
  readonly id: string;
  readonly stems: StemCounts;
}

/** The rows that contain a stem, and its count in each of them, by the same index. */
interface Postings {
  readonly rows: number[];
  readonly counts: number[];
}

const NO_POSTINGS: Postings = { rows: [], counts: [] };
/**
 * BM25 parameters: saturation of repeated words (k1) and discount of long texts (b). Tuned with `npm run eval:search`.
 */
const K1 = 1.2;
const B = 0.4;
/** The postings are rebuilt when the removed rows exceed the remaining ones by more than this number. */
const MAX_REMOVED = 1_000;
/** Number of buckets of the score histogram with which `selectBest` finds a minimum score. */
const BUCKETS = 4_096;

/**
 * In-memory full-text index of one organization's recordings. Scores are Okapi BM25 (Robertson, Zaragoza, "The
 * Probabilistic Relevance Framework", 2009, eq. 3.15), divided by the maximum that a recording could have.
 */
export class WordIndex {
  private rows: (Row | undefined)[] = [];
  /** Length of each row; 0 if it was removed. */
  private lengths: number[] = [];
  private readonly rowById = new Map<string, number>();
  private postings = new Map<string, Postings>();
  private totalLength = 0;

  get size(): number {
    return this.rowById.size;
  }

  /** Adds a recording, or replaces the one with the same id. */
  put(id: string, stems: StemCounts): void {
    const rowNumber = this.rowById.get(id);
    const current = rowNumber === undefined ? undefined : this.rows[rowNumber];
    if (current && isEqual(current.stems, stems)) return;
    this.remove(id);
    this.add({ id, stems });
  }

  remove(id: string): void {
    const rowNumber = this.rowById.get(id);
    if (rowNumber === undefined) return;
    this.totalLength -= this.lengths[rowNumber] ?? 0;
    this.lengths[rowNumber] = 0;
    this.rows[rowNumber] = undefined;
    this.rowById.delete(id);
    if (this.rows.length > 2 * this.rowById.size + MAX_REMOVED) this.rebuild();
  }

  /**
   * Returns at most `limit` hits, best first.
   * @param words each word by its stems, any of which matches
   * @param isIncluded restricts the search to ids that it accepts; all are searched if undefined
   */
  search(
    words: readonly (readonly string[])[],
    isIncluded: ((id: string) => boolean) | undefined,
    limit: number,
  ): WordHit[] {
    const scores = new Float64Array(this.rows.length);
    const counts = new Float64Array(this.rows.length);
    const matchingRows: number[] = [];
    const { lengths } = this;
    const [constantTerm, lengthFactor] = [K1 * (1 - B), (K1 * B * this.size) / this.totalLength];
    let totalWeight = 0;
    for (const stems of words) {
      const rows = this.addCounts(stems, counts);
      const weight = Math.log(1 + (this.size - rows.length + 0.5) / (rows.length + 0.5));
      totalWeight += weight;
      for (const row of rows) {
        const count = counts[row] ?? 0;
        const scoreSoFar = scores[row] ?? 0;
        if (scoreSoFar === 0) matchingRows.push(row);
        scores[row] = scoreSoFar + (weight * count) / (count + constantTerm + lengthFactor * (lengths[row] ?? 0));
        counts[row] = 0;
      }
    }
    const includedRows = isIncluded ? matchingRows.filter((row) => isIncluded(this.rows[row]?.id ?? '')) : matchingRows;
    return selectBest(includedRows, scores, limit).map((row) => ({
      id: this.rows[row]?.id ?? '',
      score: (scores[row] ?? 0) / totalWeight,
    }));
  }

  /**
   * Adds to `counts` the occurrences of any of the stems in each row.
   * @returns the rows with an occurrence
   */
  private addCounts(stems: readonly string[], counts: Float64Array): number[] {
    const matchingRows: number[] = [];
    const { lengths } = this;
    for (const stem of stems) {
      const { rows, counts: stemCounts } = this.postings.get(stem) ?? NO_POSTINGS;
      for (let index = 0; index < rows.length; index += 1) {
        const row = rows[index] ?? 0;
        if (lengths[row] === 0) continue;
        const countSoFar = counts[row] ?? 0;
        if (countSoFar === 0) matchingRows.push(row);
        counts[row] = countSoFar + (stemCounts[index] ?? 0);
      }
    }
    return matchingRows;
  }

  private add(row: Row): void {
    const rowNumber = this.rows.push(row) - 1;
    const length = [...row.stems.values()].reduce((sum, count) => sum + count, 0);
    this.rowById.set(row.id, rowNumber);
    this.lengths.push(length);
    this.totalLength += length;
    for (const [stem, count] of row.stems) {
      let postings = this.postings.get(stem);
      if (!postings) this.postings.set(stem, (postings = { rows: [], counts: [] }));
      postings.rows.push(rowNumber);
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

const isEqual = (a: StemCounts, b: StemCounts): boolean =>
  a.size === b.size && [...a].every(([stem, count]) => b.get(stem) === count);

/**
 * Selects the rows with the highest scores without sorting all rows, because a common word occurs in most recordings.
 */
function selectBest(rows: readonly number[], scores: Float64Array, limit: number): number[] {
  let maxScore = 0;
  for (const row of rows) maxScore = Math.max(maxScore, scores[row] ?? 0);
  const getBucket = (row: number): number => Math.floor(((scores[row] ?? 0) / maxScore) * (BUCKETS - 1));
  const bucketSizes = new Uint32Array(BUCKETS);
  for (const row of rows) {
    const bucket = getBucket(row);
    bucketSizes[bucket] = (bucketSizes[bucket] ?? 0) + 1;
  }
  let minBucket = BUCKETS - 1;
  for (
    let selected = bucketSizes[minBucket] ?? 0;
    selected < limit && minBucket > 0;
    selected += bucketSizes[minBucket] ?? 0
  )
    minBucket -= 1;
  return rows
    .filter((row) => getBucket(row) >= minBucket)
    .sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || b - a)
    .slice(0, limit);
}
