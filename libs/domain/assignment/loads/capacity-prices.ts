import type { LoadProblem } from './load-problem.js';

const ROUNDS = 600;
const PATIENCE = 15;
const SMALLEST_STEP = 1e-3;
/** How much of the last step is taken again: subgradients turn back and forth, and their common way is the good one. */
const MOMENTUM = 0.6;
const BISECTIONS = 30;

/**
 * What each delivery is worth where all room has a price: a near-optimal solution of the dual of the linear relaxation, by
 * subgradient steps. Room is priced by the share of a vehicle, so that grams and minutes weigh alike.
 * @param most what the best known plan costs
 * @returns by delivery; at most what leaving it out costs
 */
export function worthAtCapacityPrices(problem: LoadProblem, most: number): number[] {
  const market = new Market(problem);
  let prices = market.bestUniform(most);
  let best = market.at(prices);
  let moved = prices.map(() => 0);
  let [step, stale] = [1, 0];
  for (let round = 0; round < ROUNDS && step > SMALLEST_STEP; round += 1) {
    const now = market.at(prices);
    if (now.value > best.value) [best, stale] = [now, 0];
    else if ((stale += 1) >= PATIENCE) [step, stale] = [step / 2, 0];
    const norm = now.slopes.reduce((sum, slope) => sum + slope * slope, 0);
    if (norm === 0) break;
    const length = (step * Math.max(1, most - now.value)) / norm;
    const next = prices.map((price, at) =>
      Math.max(0, price + length * (now.slopes[at] ?? 0) + MOMENTUM * (moved[at] ?? 0)),
    );
    moved = next.map((price, at) => price - (prices[at] ?? 0));
    prices = next;
  }
  return best.worth;
}

interface Outcome {
  /** A lower bound of what any plan costs. */
  readonly value: number;
  /** By delivery: what it costs at best, its room included. */
  readonly worth: number[];
  /** By vehicle and measure: by how much of the room it is asked for too often. */
  readonly slopes: number[];
}

/** Deliveries choose the cheapest agent at given prices of a whole vehicle, by agent and measure in one list. */
class Market {
  private readonly measures: number;
  private readonly rows: readonly (readonly {
    readonly at: number;
    readonly cost: number;
    readonly shares: number[];
  }[])[];
  private readonly isLimited: readonly boolean[];
  /** How large a vehicle is, beside the mean. */
  private readonly size: readonly number[];

  constructor(private readonly problem: LoadProblem) {
    const { arcs, capacities } = problem;
    this.measures = capacities[0]?.length ?? 0;
    this.isLimited = capacities.flatMap((capacity) => capacity.map((room) => room < Infinity));
    this.size = capacities.flatMap((capacity) =>
      capacity.map((room, measure) => {
        const rooms = capacities.map((other) => other[measure] ?? 0).filter((other) => other < Infinity);
        const all = rooms.reduce((sum, other) => sum + other, 0);
        return room < Infinity && all > 0 ? (room * rooms.length) / all : 0;
      }),
    );
    this.rows = arcs.map((row) =>
      row.map(({ agent, cost, uses }) => ({
        ...{ at: agent * this.measures, cost },
        shares: uses.map((use, measure) => (use === 0 ? 0 : use / (capacities[agent]?.[measure] ?? 1))),
      })),
    );
  }

  at(prices: readonly number[]): Outcome {
    const slopes: number[] = this.isLimited.map((limited) => (limited ? -1 : 0));
    let value = 0;
    const worth = this.rows.map((row, delivery) => {
      let least = this.problem.unassignedCosts[delivery] ?? 0;
      let taken: (typeof row)[number] | undefined;
      for (const arc of row) {
        let price = arc.cost;
        for (let measure = 0; measure < this.measures; measure += 1) {
          price += (arc.shares[measure] ?? 0) * (prices[arc.at + measure] ?? 0);
        }
        if (price < least) [least, taken] = [price, arc];
      }
      for (let measure = 0; taken && measure < this.measures; measure += 1) {
        const at = taken.at + measure;
        if (this.isLimited[at]) slopes[at] = (slopes[at] ?? 0) + (taken.shares[measure] ?? 0);
      }
      value += least;
      return least;
    });
    prices.forEach((price, at) => (value -= this.isLimited[at] ? price : 0));
    return { value, worth, slopes };
  }

  /** The same price for the same room everywhere, as good as one such price can be: what is earned is concave in it. */
  bestUniform(most: number): number[] {
    const priced = (price: number): number[] => this.size.map((size) => size * price);
    let [low, high] = [0, most];
    for (let bisection = 0; bisection < BISECTIONS; bisection += 1) {
      const middle = (low + high) / 2;
      const slope = this.at(priced(middle)).slopes.reduce((sum, own, at) => sum + own * (this.size[at] ?? 0), 0);
      if (slope > 0) low = middle;
      else high = middle;
    }
    return priced(low);
  }
}
