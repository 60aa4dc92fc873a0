import type { PairTable } from './problem/pair-table.js';
import type { LoadCost } from './transport/slots.js';

/** A solved problem. Deliveries and agents are given by index. */
export interface SolvedProblem {
  /** By delivery: its agent, or -1. */
  readonly agentOf: readonly number[];
  readonly pairs: PairTable;
  readonly loadCost: LoadCost;
  readonly unassignedCosts: readonly number[];
}
