/** How often which stems stand in one recording, its more important words counted more. */
export type StemCounts = ReadonlyMap<string, number>;

export interface Found {
  readonly id: string;
  /** 0 to 1: the share of what was asked that the recording's words answer. */
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
/** How soon a word that is said again says nothing new, and how much long texts are discounted; by `npm run eval:search`. */
const K1 = 1.2;
const B = 0.4;
/** Removed rows stay in the postings until they are so many more than those that live. */
const MOST_DEAD = 1_000;
/** Scores are told apart this finely when the best are sought. */
const GRADES = 4_096;

/**
 * One organisation's words, in memory. Scores are Okapi BM25 (Robertson, Zaragoza, "The Probabilistic Relevance Framework",
 * 2009, eq. 3.15), divided by what a recording could have at most.
 */
export class WordIndex {
  private rows: (Row | undefined)[] = [];
  /** Of each row; 0 where it was removed. */
  private lengths: number[] = [];
  private readonly rowOf = new Map<string, number>();
  private postings = new Map<string, Postings>();
  private totalLength = 0;

  get size(): number {
    return this.rowOf.size;
  }

  /** Adds it, or takes the place of what was known by its id. */
  put(id: string, stems: StemCounts): void {
    const at = this.rowOf.get(id);
    const before = at === undefined ? undefined : this.rows[at];
    if (before && isSame(before.stems, stems)) return;
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
    if (this.rows.length > 2 * this.rowOf.size + MOST_DEAD) this.rebuild();
  }

  /**
   * The best first.
   * @param words each by its stems, any of which will do
   * @param passes if not everything does
   */
  search(words: readonly (readonly string[])[], passes: ((id: string) => boolean) | undefined, most: number): Found[] {
    const scores = new Float64Array(this.rows.length);
    const counts = new Float64Array(this.rows.length);
    const found: number[] = [];
    const { lengths } = this;
    const [flat, sloped] = [K1 * (1 - B), (K1 * B * this.size) / this.totalLength];
    let weightOfAll = 0;
    for (const stems of words) {
      const rows = this.count(stems, counts);
      const weight = Math.log(1 + (this.size - rows.length + 0.5) / (rows.length + 0.5));
      weightOfAll += weight;
      for (const row of rows) {
        const count = counts[row] ?? 0;
        const before = scores[row] ?? 0;
        if (before === 0) found.push(row);
        scores[row] = before + (weight * count) / (count + flat + sloped * (lengths[row] ?? 0));
        counts[row] = 0;
      }
    }
    const passing = passes ? found.filter((row) => passes(this.rows[row]?.id ?? '')) : found;
    return best(passing, scores, most).map((row) => ({
      id: this.rows[row]?.id ?? '',
      score: (scores[row] ?? 0) / weightOfAll,
    }));
  }

  /** Adds up in `counts` how often any of the stems stands in each row. @returns the rows */
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
    const living = this.rows.filter((row) => row !== undefined);
    this.rows = [];
    this.lengths = [];
    this.postings = new Map();
    this.totalLength = 0;
    for (const row of living) this.add(row);
  }
}

const isSame = (one: StemCounts, other: StemCounts): boolean =>
  one.size === other.size && [...one].every(([stem, count]) => other.get(stem) === count);

/** Those with the highest scores, without sorting all: a common word stands in most recordings. */
function best(rows: readonly number[], scores: Float64Array, most: number): number[] {
  let highest = 0;
  for (const row of rows) highest = Math.max(highest, scores[row] ?? 0);
  const gradeOf = (row: number): number => Math.floor(((scores[row] ?? 0) / highest) * (GRADES - 1));
  const inGrade = new Uint32Array(GRADES);
  for (const row of rows) {
    const grade = gradeOf(row);
    inGrade[grade] = (inGrade[grade] ?? 0) + 1;
  }
  let least = GRADES - 1;
  for (let enough = inGrade[least] ?? 0; enough < most && least > 0; enough += inGrade[least] ?? 0) least -= 1;
  return rows
    .filter((row) => gradeOf(row) >= least)
    .sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || b - a)
    .slice(0, most);
}
