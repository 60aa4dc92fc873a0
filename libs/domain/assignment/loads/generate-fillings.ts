import { solveKnapsack } from './knapsack.js';
import { leastLeftOut } from './least-left-out.js';
import type { LoadArc, LoadProblem } from './load-problem.js';
import { MasterProblem, type Filling, type OpenPart, type Prices } from './master-problem.js';

/**
 * The weight of the best dual values so far in the next ones: the dual values of few columns oscillate (Wentges 1997).
 */
const SMOOTHING = 0.85;
/** A gap below 1 cannot be improved on, as costs are integers; this leaves room for rounding. */
const OPTIMALITY_GAP = 0.5;

/** Iterations charged per arc of an agent for finding the arcs with a positive profit. */
const ITERATIONS_PER_ARC = 4;

/** An iteration limit that several steps share; each subtracts what it used. */
export interface Budget {
  /** Elementary operations left. */
  looks: number;
}

interface AgentArc {
  readonly delivery: number;
  readonly arc: LoadArc;
}

/** The pricing problem: which load of each agent has the most negative reduced cost at given dual values. */
export class FillingMarket {
  private readonly byAgent: readonly AgentArc[][];

  constructor(private readonly problem: LoadProblem) {
    this.byAgent = problem.capacities.map(() => []);
    problem.arcs.forEach((row, delivery) => {
      for (const arc of row) this.byAgent[arc.agent]?.push({ delivery, arc });
    });
  }

  /** A master problem of the open part without columns, in which every delivery stays unassigned. */
  master(open: OpenPart, budget: Budget): MasterProblem {
    budget.looks -= (open.deliveries.length + open.agents.length) ** 2;
    return new MasterProblem(open, this.problem.unassignedCosts, leastLeftOut(open, this.problem));
  }

  /**
   * Solves the pricing problem of every open agent, a knapsack problem.
   * @param dualValues by delivery; 0 for fixed ones
   * @returns the loads, and as `value` the Lagrangian bound for the constraints "each delivery once": no plan of the
   *   open part costs less
   */
  at(dualValues: readonly number[], { agents }: OpenPart, budget: Budget): { value: number; loads: Filling[] } {
    let value = dualValues.reduce((sum, price) => sum + price, 0);
    const loads = agents.flatMap((agent): Filling[] => {
      const agentArcs = (this.byAgent[agent] ?? []).filter(
        ({ delivery, arc }) => (dualValues[delivery] ?? 0) > arc.cost,
      );
      const items = agentArcs.map(({ delivery, arc }) => ({
        profit: (dualValues[delivery] ?? 0) - arc.cost,
        uses: arc.uses,
      }));
      const { chosen, bound, looks } = solveKnapsack(items, this.problem.capacities[agent] ?? []);
      value -= bound;
      budget.looks -= looks + ITERATIONS_PER_ARC * (this.byAgent[agent]?.length ?? 0);
      const chosenArcs = chosen.map((index) => agentArcs[index] as AgentArc);
      if (chosenArcs.length === 0) return [];
      const cost = chosenArcs.reduce((sum, { arc }) => sum + arc.cost, 0);
      return [{ agent, deliveries: chosenArcs.map(({ delivery }) => delivery), cost }];
    });
    return { value, loads };
  }
}

/**
 * Column generation: solves the pricing problem at the master problem's dual values and adds the loads found as
 * columns, until none has a negative reduced cost. The master problem is then an optimal solution of the linear
 * relaxation over all loads. It may end before that: at the iteration limit, or when the gap is closed.
 * @param start dual values to begin with
 * @returns the best lower bound found
 */
export function generateFillings(
  master: MasterProblem,
  open: OpenPart,
  pricing: FillingMarket,
  start: Prices,
  budget: Budget,
): number {
  let center = start;
  let bound = -Infinity;
  const addColumns = (prices: Prices): boolean => {
    const { value, loads } = pricing.at(prices.worth, open, budget);
    const total = value + prices.scarcity * master.leastOut;
    if (total > bound) [bound, center] = [total, prices];
    return loads.filter((load) => master.add(load)).length > 0;
  };
  addColumns(start);
  while (budget.looks > 0) {
    budget.looks -= master.solve(budget.looks);
    if (master.cost - bound < OPTIMALITY_GAP) break;
    // Smoothed dual values may yield no new column where the master problem's own still do.
    if (!addColumns(smooth(master.prices, center)) && !addColumns(master.prices)) break;
  }
  return bound;
}

/** A convex combination of two dual solutions; it is feasible because both are. */
function smooth(own: Prices, center: Prices): Prices {
  const toward = (from: number, to: number): number => from + SMOOTHING * (to - from);
  return {
    worth: own.worth.map((price, delivery) => toward(price, center.worth[delivery] ?? price)),
    scarcity: toward(own.scarcity, center.scarcity),
  };
}
