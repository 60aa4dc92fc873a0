import type { LoadProblem } from './load-problem.js';

const MAX_ROUNDS = 600;
/** The step length is halved after this many rounds without a better bound. */
const MAX_STALE_ROUNDS = 15;
/** The search ends when the step length, initially 1, falls to this value. */
const MIN_STEP = 1e-3;
/** Share of the previous step that is added to the next one, which damps the zigzag of subgradient steps. */
const MOMENTUM = 0.6;
/** Number of bisections in the search for the best proportional prices. */
const BISECTIONS = 30;

/**
 * Computes dual values of the deliveries from prices of capacity: a near-optimal solution of the dual of the linear
 * relaxation, by subgradient steps with momentum. Capacity is priced by the share of a vehicle, so that grams and
 * minutes are comparable.
 * @param upperBound the cost of the best known plan
 * @returns the dual value of each delivery, at most the cost of leaving it unassigned
 */
export function computeDualValues(problem: LoadProblem, upperBound: number): number[] {
  const relaxation = new CapacityRelaxation(problem);
  let prices = relaxation.findBestProportionalPrices(upperBound);
  let best = relaxation.evaluate(prices);
  let lastStep = prices.map(() => 0);
  let [step, staleRounds] = [1, 0];
  for (let round = 0; round < MAX_ROUNDS && step > MIN_STEP; round += 1) {
    const current = relaxation.evaluate(prices);
    if (current.bound > best.bound) [best, staleRounds] = [current, 0];
    else if ((staleRounds += 1) >= MAX_STALE_ROUNDS) [step, staleRounds] = [step / 2, 0];
    const norm = current.subgradient.reduce((sum, slope) => sum + slope * slope, 0);
    if (norm === 0) break;
    const length = (step * Math.max(1, upperBound - current.bound)) / norm;
    const next = prices.map((price, at) =>
      Math.max(0, price + length * (current.subgradient[at] ?? 0) + MOMENTUM * (lastStep[at] ?? 0)),
    );
    lastStep = next.map((price, at) => price - (prices[at] ?? 0));
    prices = next;
  }
  return best.dualValues;
}

interface Evaluation {
  /** A lower bound on the cost of any plan. */
  readonly bound: number;
  /** By delivery: its minimum cost at the given prices, the price of the capacity included. */
  readonly dualValues: number[];
  /** By vehicle and measure: demand beyond capacity, as a share of the capacity. */
  readonly subgradient: number[];
}

/**
 * The Lagrangian relaxation of all capacities: at given prices of a whole vehicle, every delivery chooses its cheapest
 * agent. Prices are listed by agent and measure.
 */
class CapacityRelaxation {
  private readonly measureCount: number;
  private readonly rows: readonly (readonly {
    /** Index of the agent's first measure in the list of prices. */
    readonly offset: number;
    readonly cost: number;
    /** By measure: the share of the agent's capacity that the delivery consumes. */
    readonly shares: number[];
  }[])[];
  /** By vehicle and measure: whether its capacity is finite. */
  private readonly isLimited: readonly boolean[];
  /** By vehicle and measure: its capacity relative to the mean of all limited ones. */
  private readonly relativeSize: readonly number[];

  constructor(private readonly problem: LoadProblem) {
    const { arcs, capacities } = problem;
    this.measureCount = capacities[0]?.length ?? 0;
    this.isLimited = capacities.flatMap((capacity) => capacity.map((room) => room < Infinity));
    this.relativeSize = capacities.flatMap((capacity) =>
      capacity.map((room, measure) => {
        const rooms = capacities.map((other) => other[measure] ?? 0).filter((other) => other < Infinity);
        const totalRoom = rooms.reduce((sum, other) => sum + other, 0);
        return room < Infinity && totalRoom > 0 ? (room * rooms.length) / totalRoom : 0;
      }),
    );
    this.rows = arcs.map((row) =>
      row.map(({ agent, cost, uses }) => ({
        offset: agent * this.measureCount,
        cost,
        shares: uses.map((use, measure) => (use === 0 ? 0 : use / (capacities[agent]?.[measure] ?? 1))),
      })),
    );
  }

  /** Computes the bound, the dual values of the deliveries and the subgradient of the bound at the given prices. */
  evaluate(prices: readonly number[]): Evaluation {
    const subgradient: number[] = this.isLimited.map((limited) => (limited ? -1 : 0));
    let bound = 0;
    const dualValues = this.rows.map((row, delivery) => {
      let minCost = this.problem.unassignedCosts[delivery] ?? 0;
      let cheapestArc: (typeof row)[number] | undefined;
      for (const arc of row) {
        let price = arc.cost;
        for (let measure = 0; measure < this.measureCount; measure += 1) {
          price += (arc.shares[measure] ?? 0) * (prices[arc.offset + measure] ?? 0);
        }
        if (price < minCost) [minCost, cheapestArc] = [price, arc];
      }
      for (let measure = 0; cheapestArc && measure < this.measureCount; measure += 1) {
        const at = cheapestArc.offset + measure;
        if (this.isLimited[at]) subgradient[at] = (subgradient[at] ?? 0) + (cheapestArc.shares[measure] ?? 0);
      }
      bound += minCost;
      return minCost;
    });
    prices.forEach((price, at) => (bound -= this.isLimited[at] ? price : 0));
    return { bound, dualValues, subgradient };
  }

  /**
   * Finds the best prices proportional to capacity by bisection, because the bound is concave in their common factor.
   */
  findBestProportionalPrices(upperBound: number): number[] {
    const pricesAt = (price: number): number[] => this.relativeSize.map((relativeSize) => relativeSize * price);
    let [low, high] = [0, upperBound];
    for (let bisection = 0; bisection < BISECTIONS; bisection += 1) {
      const middle = (low + high) / 2;
      const slope = this.evaluate(pricesAt(middle)).subgradient.reduce(
        (sum, partialSlope, at) => sum + partialSlope * (this.relativeSize[at] ?? 0),
        0,
      );
      if (slope > 0) low = middle;
      else high = middle;
    }
    return pricesAt(low);
  }
}
