import { ArcTable, type FlowArc } from './arc-table.js';
import type { LoadCost } from './slots.js';
import { TransportSimplex } from './transport-simplex.js';

/** A delivery × agent problem by index. All costs are integers, so that sums are exact and ties are exact ties. */
export interface FlowProblem {
  /** By delivery: the agents that may take it, with the cost. A pair without an arc is forbidden. */
  readonly arcs: readonly (readonly FlowArc[])[];
  /** By agent: the maximum number of deliveries. */
  readonly capacities: readonly number[];
  /** By delivery: the cost of leaving it unassigned. */
  readonly unassignedCosts: readonly number[];
  /** The extra cost of an agent's next delivery when it already has `load`; must not decrease in `load`. Default 0. */
  readonly loadCost?: LoadCost | undefined;
}

/** A plan of minimum cost. */
export interface FlowSolution {
  /** By delivery: its agent, or -1. */
  readonly agentOf: readonly number[];
  readonly cost: number;
}

/**
 * Computes a plan of minimum cost by the network simplex method; see {@link TransportSimplex}.
 * @throws RangeError when a cost is not a non-negative integer or an agent does not exist
 * @example
 * ```ts
 * solveMinCostAssignment({ arcs: [[{ agent: 0, cost: 3 }]], capacities: [1], unassignedCosts: [10] });
 * // { agentOf: [0], cost: 3 }
 * ```
 */
export function solveMinCostAssignment({ arcs, capacities, unassignedCosts, loadCost }: FlowProblem): FlowSolution {
  const table = ArcTable.of(arcs, capacities.length);
  const simplex = new TransportSimplex(table, capacities, unassignedCosts, loadCost);
  simplex.solve();
  return { agentOf: simplex.toPlan(), cost: simplex.getCost() };
}
