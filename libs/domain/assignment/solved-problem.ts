import type { PairBook } from './problem/pair-book.js';
import type { LoadCost } from './transport/places.js';

/** A solved problem. Deliveries and agents are given by index. */
export interface SolvedProblem {
  /** By delivery: its agent, or -1. */
  readonly agentOf: readonly number[];
  readonly pairs: PairBook;
  readonly loadCost: LoadCost;
  readonly unassignedCosts: readonly number[];
}
