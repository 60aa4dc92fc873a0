import type { LoadCost } from '../transport/places.js';

/** A delivery with an agent: what it costs, and how much of each of their measures it takes. */
export interface LoadArc {
  readonly agent: number;
  /** A whole number not below 0, as all costs here: bounds are rounded up, and nobody earns by what is decided already. */
  readonly cost: number;
  readonly uses: readonly number[];
}

/** A delivery × agent problem in which parcels differ in what they take up: a generalised assignment problem. */
export interface LoadProblem {
  /** By delivery. A pair without an arc is forbidden. */
  readonly arcs: readonly (readonly LoadArc[])[];
  /** By agent: the room of each measure; Infinity where there is no limit. */
  readonly capacities: readonly (readonly number[])[];
  readonly unassignedCosts: readonly number[];
  /** As in `FlowProblem`. Left out of the bound, which stays one. */
  readonly loadCost?: LoadCost | undefined;
}

export interface LoadSolution {
  /** By delivery: its agent, or -1. */
  readonly agentOf: readonly number[];
  readonly cost: number;
  /** No plan costs less. */
  readonly bound: number;
}
