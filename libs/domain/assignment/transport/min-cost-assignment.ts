import { ArcTable, type FlowArc } from './arc-table.js';
import type { LoadCost } from './places.js';
import { TransportSimplex } from './transport-simplex.js';

/** A delivery × agent problem by index: integers throughout, so that sums are exact and ties are real ties. */
export interface FlowProblem {
  /** By delivery: the agents that may take it and at what cost. A pair without an arc is forbidden. */
  readonly arcs: readonly (readonly FlowArc[])[];
  /** By agent: how many deliveries it may take. */
  readonly capacities: readonly number[];
  /** By delivery: the cost of leaving it out. */
  readonly unassignedCosts: readonly number[];
  /** The extra cost of an agent's delivery when it already has `load`; must not fall with `load`. Default 0. */
  readonly loadCost?: LoadCost | undefined;
}

export interface FlowSolution {
  /** By delivery: its agent, or -1. */
  readonly agentOf: readonly number[];
  readonly cost: number;
}

/**
 * The cheapest plan.
 * @throws RangeError for costs that are no non-negative integers, and agents that do not exist
 */
export function solveMinCostAssignment({ arcs, capacities, unassignedCosts, loadCost }: FlowProblem): FlowSolution {
  const table = ArcTable.of(arcs, capacities.length);
  const simplex = new TransportSimplex(table, capacities, unassignedCosts, loadCost);
  simplex.solve();
  return { agentOf: simplex.plan(), cost: simplex.cost() };
}
