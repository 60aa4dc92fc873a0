import type { LoadCost } from '../transport/slots.js';

/** A possible assignment of a delivery to an agent: its cost, and its consumption of each measure of the capacity. */
export interface LoadArc {
  readonly agent: number;
  /**
   * A non-negative integer, like all costs here, because bounds are rounded up and a fixed delivery (dual value 0) must
   * never be profitable.
   */
  readonly cost: number;
  /** By measure, such as grams or seconds of work: the capacity that the delivery consumes. */
  readonly uses: readonly number[];
}

/** A delivery × agent problem whose parcels consume different amounts of capacity: a generalized assignment problem. */
export interface LoadProblem {
  /** By delivery: its possible agents. A pair without an arc is forbidden. */
  readonly arcs: readonly (readonly LoadArc[])[];
  /** By agent: the capacity by measure; `Infinity` where it is unlimited. */
  readonly capacities: readonly (readonly number[])[];
  /** By delivery: the cost of leaving it unassigned. */
  readonly unassignedCosts: readonly number[];
  /** As in `FlowProblem`. The bound omits it and stays valid, because it only adds cost. */
  readonly loadCost?: LoadCost | undefined;
}

/** A feasible plan with a lower bound. */
export interface LoadSolution {
  /** By delivery: its agent, or -1. */
  readonly agentOf: readonly number[];
  /** The cost of the whole plan, including load costs and unassigned deliveries. */
  readonly cost: number;
  /** A lower bound on the cost of any feasible plan. */
  readonly bound: number;
}
