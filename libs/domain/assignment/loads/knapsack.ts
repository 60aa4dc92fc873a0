/** What may be put in: what it earns, and how much of each measure it takes. */
export interface KnapsackItem {
  readonly profit: number;
  readonly uses: readonly number[];
}

export interface KnapsackAnswer {
  /** Indexes of the best choice that was found. */
  readonly chosen: readonly number[];
  /** No choice earns more; what `chosen` earns, unless the search was cut short. */
  readonly bound: number;
  /** At how many items the search looked. */
  readonly looks: number;
}

/** So many partial choices are looked at; then the bound of the relaxation stands in for the proof. */
const MOST_NODES = 2_000;

/**
 * The choice of items that earns most within every measure, by branch and bound (Horowitz and Sahni 1974): items in the
 * order of what they earn for the share of the room they take; a branch is left when even the rest of it in pieces would not
 * earn more. With several measures their shares are added up, which every choice that fits satisfies, too.
 */
export function solveKnapsack(items: readonly KnapsackItem[], capacity: readonly number[]): KnapsackAnswer {
  const finite = capacity.flatMap((room, measure) => (Number.isFinite(room) ? [measure] : []));
  const fitting = items.flatMap(({ profit, uses }, index) => {
    if (profit <= 0 || finite.some((measure) => (uses[measure] ?? 0) > (capacity[measure] ?? 0))) return [];
    const share = finite.reduce((sum, measure) => {
      const use = uses[measure] ?? 0;
      return use === 0 ? sum : sum + use / (capacity[measure] ?? 1);
    }, 0);
    return [{ index, profit, uses, share }];
  });
  // By division: what takes no room comes first.
  fitting.sort((a, b) => b.profit * a.share - a.profit * b.share || a.index - b.index);
  return new Search(fitting, [...capacity], finite).run();
}

interface Candidate extends KnapsackItem {
  readonly index: number;
  /** Of the room, over all measures. */
  readonly share: number;
}

class Search {
  private best: number[] = [];
  private bestProfit = 0;
  private nodes = 0;
  private looks = 0;
  private readonly path: number[] = [];

  constructor(
    private readonly items: readonly Candidate[],
    private readonly room: number[],
    private readonly measures: readonly number[],
  ) {}

  run(): KnapsackAnswer {
    const relaxed = this.relaxation(0, this.measures.length);
    this.visit(0, 0, this.measures.length);
    return { chosen: this.best, bound: this.nodes < MOST_NODES ? this.bestProfit : relaxed, looks: this.looks };
  }

  private visit(from: number, profit: number, share: number): void {
    if (profit > this.bestProfit) {
      this.bestProfit = profit;
      this.best = [...this.path];
    }
    for (let at = from; at < this.items.length; at += 1) {
      if (this.nodes >= MOST_NODES || profit + this.relaxation(at, share) <= this.bestProfit) return;
      const item = this.items[at] as Candidate;
      if (!this.fits(item)) continue;
      this.nodes += 1;
      this.change(item, -1);
      this.path.push(item.index);
      this.visit(at + 1, profit + item.profit, share - item.share);
      this.path.pop();
      this.change(item, 1);
    }
  }

  /** What the items from here on earn at most in so much of the room, the last of them in part. */
  private relaxation(from: number, share: number): number {
    let profit = 0;
    let left = share;
    for (let at = from; at < this.items.length; at += 1) {
      const item = this.items[at] as Candidate;
      this.looks += 1;
      if (item.share > left) return profit + (item.profit * Math.max(0, left)) / item.share;
      left -= item.share;
      profit += item.profit;
    }
    return profit;
  }

  private fits({ uses }: Candidate): boolean {
    return this.measures.every((measure) => (uses[measure] ?? 0) <= (this.room[measure] ?? 0));
  }

  private change({ uses }: Candidate, sign: 1 | -1): void {
    for (const measure of this.measures) this.room[measure] = (this.room[measure] ?? 0) + sign * (uses[measure] ?? 0);
  }
}
