/** An item: its profit, and its consumption of each measure of the capacity. */
export interface KnapsackItem {
  readonly profit: number;
  readonly uses: readonly number[];
}

/** The result of {@link solveKnapsack}. */
export interface KnapsackSolution {
  /** Indexes of the items of the best choice found. */
  readonly chosen: readonly number[];
  /**
   * An upper bound on the profit of any choice; equals the profit of `chosen` unless the search hit its iteration
   * limit.
   */
  readonly bound: number;
  /** The number of items that the search evaluated. */
  readonly iterations: number;
}

/** The iteration limit, in nodes of the search tree. Beyond it, the bound is that of the linear relaxation. */
const MAX_NODES = 2_000;

/**
 * Solves a multidimensional 0-1 knapsack problem by branch and bound (Horowitz and Sahni 1974).
 *
 * Items are branched on by descending profit per share of capacity. A branch is pruned when its linear relaxation
 * cannot beat the best choice. With several measures, the relaxation adds up their shares of the capacity (a surrogate
 * constraint), which every feasible choice satisfies.
 * @param items with their profit; items with a profit of 0 or less are never chosen
 * @param capacity by measure; `Infinity` where it is unlimited
 * @example
 * solveKnapsack([{ profit: 6, uses: [5] }, { profit: 4, uses: [3] }, { profit: 4, uses: [3] }], [6]).chosen; // [1, 2]
 */
export function solveKnapsack(items: readonly KnapsackItem[], capacity: readonly number[]): KnapsackSolution {
  const limitedMeasures = capacity.flatMap((room, measure) => (Number.isFinite(room) ? [measure] : []));
  const candidates = items.flatMap(({ profit, uses }, index) => {
    if (profit <= 0 || limitedMeasures.some((measure) => (uses[measure] ?? 0) > (capacity[measure] ?? 0))) return [];
    const share = limitedMeasures.reduce((sum, measure) => {
      const use = uses[measure] ?? 0;
      return use === 0 ? sum : sum + use / (capacity[measure] ?? 1);
    }, 0);
    return [{ index, profit, uses, share }];
  });
  // A share of 0 gives an infinite ratio: items that consume no limited capacity come first.
  candidates.sort((a, b) => b.profit * a.share - a.profit * b.share || a.index - b.index);
  return new BranchAndBound(candidates, [...capacity], limitedMeasures).run();
}

interface Candidate extends KnapsackItem {
  readonly index: number;
  /** Share of the capacity that the item consumes, summed over all limited measures. */
  readonly share: number;
}

class BranchAndBound {
  private best: number[] = [];
  private bestProfit = 0;
  private nodes = 0;
  private iterations = 0;
  private readonly path: number[] = [];

  constructor(
    private readonly items: readonly Candidate[],
    private readonly room: number[],
    private readonly measures: readonly number[],
  ) {}

  run(): KnapsackSolution {
    const rootBound = this.boundByRelaxation(0, this.measures.length);
    this.visit(0, 0, this.measures.length);
    return {
      chosen: this.best,
      bound: this.nodes < MAX_NODES ? this.bestProfit : rootBound,
      iterations: this.iterations,
    };
  }

  private visit(from: number, profit: number, share: number): void {
    if (profit > this.bestProfit) {
      this.bestProfit = profit;
      this.best = [...this.path];
    }
    for (let at = from; at < this.items.length; at += 1) {
      if (this.nodes >= MAX_NODES || profit + this.boundByRelaxation(at, share) <= this.bestProfit) return;
      const item = this.items[at] as Candidate;
      if (!this.fits(item)) continue;
      this.nodes += 1;
      this.adjustRoom(item, -1);
      this.path.push(item.index);
      this.visit(at + 1, profit + item.profit, share - item.share);
      this.path.pop();
      this.adjustRoom(item, 1);
    }
  }

  /**
   * Returns the maximum profit of the items from `from` on within a share of capacity, with the last one fractional.
   */
  private boundByRelaxation(from: number, share: number): number {
    let profit = 0;
    let remainingShare = share;
    for (let at = from; at < this.items.length; at += 1) {
      const item = this.items[at] as Candidate;
      this.iterations += 1;
      if (item.share > remainingShare) return profit + (item.profit * Math.max(0, remainingShare)) / item.share;
      remainingShare -= item.share;
      profit += item.profit;
    }
    return profit;
  }

  private fits({ uses }: Candidate): boolean {
    return this.measures.every((measure) => (uses[measure] ?? 0) <= (this.room[measure] ?? 0));
  }

  private adjustRoom({ uses }: Candidate, sign: 1 | -1): void {
    for (const measure of this.measures) this.room[measure] = (this.room[measure] ?? 0) + sign * (uses[measure] ?? 0);
  }
}
