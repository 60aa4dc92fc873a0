import type { FeasiblePair, PairJudgement } from './judge-pair.js';
import type { Agent, Delivery } from './types.js';

/** What a solved problem consists of; deliveries and agents by index. */
export interface SolvedProblem {
  /** By delivery: its agent, or -1. */
  readonly agentOf: readonly number[];
  readonly deliveries: readonly Delivery[];
  readonly agents: readonly Agent[];
  readonly pairs: readonly (readonly PairJudgement[])[];
  readonly loadCost: (agent: number, load: number) => number;
  readonly unassignedCosts: readonly number[];
}

export const pairCost = ({ travel, experience, lateness }: FeasiblePair): number => travel + experience + lateness;
