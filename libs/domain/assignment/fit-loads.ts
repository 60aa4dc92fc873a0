import type { LoadArc } from './loads/load-problem.js';
import type { PairTable } from './problem/pair-table.js';
import type { LoadCost } from './transport/slots.js';
import { solveLoads } from './loads/solve-loads.js';

/** A plan that ignores weight, volume and minutes. Deliveries and agents are given by index. */
export interface CountedPlan {
  /** By delivery: its agent, or -1. Optimal where capacities limit only the number of deliveries. */
  readonly agentOf: readonly number[];
  readonly pairs: PairTable;
  readonly loadCost: LoadCost;
  readonly unassignedCosts: readonly number[];
}

/** A plan that satisfies all capacities. */
export interface FittedPlan {
  readonly agentOf: readonly number[];
  /**
   * A lower bound on the cost of any feasible plan; 0 if the plan by count already satisfies all capacities, because
   * its cost is then the lower bound.
   */
  readonly bound: number;
}

/**
 * Up to this many pairs, all are considered. Above it, only the nearest agents of each delivery are considered, and no
 * bound is proven.
 */
const MAX_PAIRS = 200_000;
/** Number of agents considered for each delivery above `MAX_PAIRS`. */
const NEAREST_AGENTS = 40;
/**
 * Fraction of the full iteration limits: a dispatcher waits for the plan, and each change of the board needs a new one.
 */
const EFFORT = 0.02;

/**
 * Makes a plan that is optimal by count also satisfy weight, volume and minutes. A plan that already
 * satisfies them is unchanged.
 */
export function fitLoads({ agentOf, pairs, loadCost, unassignedCosts }: CountedPlan): FittedPlan {
  const capacities = pairs.agents.map(({ capacity: { count, weightGrams, volumeMl, minutes } }) => [
    count,
    weightGrams ?? Infinity,
    volumeMl ?? Infinity,
    minutes === undefined ? Infinity : minutes * 60,
  ]);
  if (satisfiesCapacities(agentOf, pairs, capacities)) return { agentOf, bound: 0 };
  const isComplete = pairs.deliveries.length * pairs.agents.length <= MAX_PAIRS;
  const arcs = pairs.deliveries.map((_, delivery) => {
    const nearestAgents = pairs.nearestAgents(delivery);
    const row: LoadArc[] = [];
    for (const agent of nearestAgents) {
      if (!isComplete && row.length >= NEAREST_AGENTS && agent !== agentOf[delivery]) continue;
      const cost = pairs.getCost(delivery, agent);
      if (cost < Infinity) row.push({ agent, cost, uses: toUses(pairs, delivery, agent) });
    }
    return row;
  });
  const solution = solveLoads({ arcs, capacities, unassignedCosts, loadCost }, agentOf, EFFORT);
  return { agentOf: solution.agentOf, bound: isComplete ? solution.bound : 0 };
}

/**
 * Returns the consumption of each measure of the agent's capacity: one delivery, grams, milliliters, working seconds.
 */
function toUses(pairs: PairTable, delivery: number, agent: number): number[] {
  const pair = pairs.evaluate(delivery, agent);
  const { weightGrams = 0, volumeMl = 0 } = pairs.deliveries[delivery] ?? {};
  return [1, weightGrams, volumeMl, pair.feasible ? pair.workSeconds : 0];
}

function satisfiesCapacities(
  agentOf: readonly number[],
  pairs: PairTable,
  capacities: readonly (readonly number[])[],
): boolean {
  const remainingCapacities = capacities.map((capacity) => [...capacity]);
  agentOf.forEach((agent, delivery) => {
    const remaining = remainingCapacities[agent];
    if (remaining)
      toUses(pairs, delivery, agent).forEach((use, measure) => (remaining[measure] = (remaining[measure] ?? 0) - use));
  });
  return remainingCapacities.every((remaining) => remaining.every((amount) => amount >= 0));
}
