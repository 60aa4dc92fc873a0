import { solveKnapsack } from './knapsack.js';
import { countMinUnassigned } from './min-unassigned.js';
import type { LoadArc, LoadProblem } from './load-problem.js';
import { MasterProblem, type Load, type OpenPart, type DualValues } from './master-problem.js';

/**
 * Weight of the best dual values so far when dual values are smoothed (Wentges 1997): with few columns, they oscillate.
 */
const SMOOTHING = 0.85;
/** A gap below 1 proves optimality, because costs are integers. The margin allows for rounding errors. */
const OPTIMALITY_GAP = 0.5;

/** Iterations charged per arc of an agent for finding the arcs with a positive profit. */
const ITERATIONS_PER_ARC = 4;

/** An iteration limit that several steps share; each subtracts what it used. */
export interface IterationBudget {
  /** Elementary operations left. */
  remaining: number;
}

interface AgentArc {
  readonly delivery: number;
  readonly arc: LoadArc;
}

/** The pricing problem: which load of each agent has the most negative reduced cost at given dual values. */
export class PricingProblem {
  private readonly arcsByAgent: readonly AgentArc[][];

  constructor(private readonly problem: LoadProblem) {
    this.arcsByAgent = problem.capacities.map(() => []);
    problem.arcs.forEach((row, delivery) => {
      for (const arc of row) this.arcsByAgent[arc.agent]?.push({ delivery, arc });
    });
  }

  /** Creates the master problem of the open part without columns, in which every delivery stays unassigned. */
  toMasterProblem(open: OpenPart, budget: IterationBudget): MasterProblem {
    budget.remaining -= (open.deliveries.length + open.agents.length) ** 2;
    return new MasterProblem(open, this.problem.unassignedCosts, countMinUnassigned(open, this.problem));
  }

  /**
   * Solves the pricing problem of every open agent, a knapsack problem.
   * @param dualValues by delivery; 0 for fixed ones
   * @returns the loads, and the Lagrangian bound for the constraints "each delivery once": no plan of the open part
   *   costs less
   */
  solve(
    dualValues: readonly number[],
    { agents }: OpenPart,
    budget: IterationBudget,
  ): { lagrangianBound: number; loads: Load[] } {
    let lagrangianBound = dualValues.reduce((sum, dual) => sum + dual, 0);
    const loads = agents.flatMap((agent): Load[] => {
      const agentArcs = (this.arcsByAgent[agent] ?? []).filter(
        ({ delivery, arc }) => (dualValues[delivery] ?? 0) > arc.cost,
      );
      const items = agentArcs.map(({ delivery, arc }) => ({
        profit: (dualValues[delivery] ?? 0) - arc.cost,
        uses: arc.uses,
      }));
      const { chosen, bound, iterations } = solveKnapsack(items, this.problem.capacities[agent] ?? []);
      lagrangianBound -= bound;
      budget.remaining -= iterations + ITERATIONS_PER_ARC * (this.arcsByAgent[agent]?.length ?? 0);
      const chosenArcs = chosen.map((index) => agentArcs[index] as AgentArc);
      if (chosenArcs.length === 0) return [];
      const cost = chosenArcs.reduce((sum, { arc }) => sum + arc.cost, 0);
      return [{ agent, deliveries: chosenArcs.map(({ delivery }) => delivery), cost }];
    });
    return { lagrangianBound, loads };
  }
}

/**
 * Column generation: solves the pricing problem at the master problem's dual values and adds the loads found as
 * columns, until none has a negative reduced cost. The master problem is then an optimal solution of the linear
 * relaxation over all loads. It may end before that: at the iteration limit, or when the gap is closed.
 * @param start dual values to begin with
 * @returns the best lower bound found
 */
export function generateColumns(
  master: MasterProblem,
  open: OpenPart,
  pricing: PricingProblem,
  start: DualValues,
  budget: IterationBudget,
): number {
  let center = start;
  let bound = -Infinity;
  const addColumns = (duals: DualValues): boolean => {
    const { lagrangianBound, loads } = pricing.solve(duals.byDelivery, open, budget);
    const candidateBound = lagrangianBound + duals.minUnassigned * master.minUnassigned;
    if (candidateBound > bound) [bound, center] = [candidateBound, duals];
    return loads.filter((load) => master.add(load)).length > 0;
  };
  addColumns(start);
  while (budget.remaining > 0) {
    budget.remaining -= master.solve(budget.remaining);
    if (master.cost - bound < OPTIMALITY_GAP) break;
    // Smoothed dual values may yield no new column where the master problem's own still do.
    if (!addColumns(smooth(master.dualValues, center)) && !addColumns(master.dualValues)) break;
  }
  return bound;
}

/** A convex combination of two dual solutions; it is feasible because both are. */
function smooth(current: DualValues, center: DualValues): DualValues {
  const interpolate = (from: number, to: number): number => from + SMOOTHING * (to - from);
  return {
    byDelivery: current.byDelivery.map((dual, delivery) => interpolate(dual, center.byDelivery[delivery] ?? dual)),
    minUnassigned: interpolate(current.minUnassigned, center.minUnassigned),
  };
}
