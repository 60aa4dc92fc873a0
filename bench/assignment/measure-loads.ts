import { solveLoads, type LoadArc } from '#libs/domain/assignment/index.js';
import { toAnswer, type Answer } from './answer.js';
import { greedyCost } from './greedy.js';
import type { ArcsProblem } from './problem-file.js';

export interface LoadsMeasurement {
  readonly answer: Answer;
  /** By how many percent the plan costs more than its bound. */
  readonly gapPercent: number;
  readonly greedy: number;
}

/** Plans parcels of different sizes. */
export function measureLoads(problem: ArcsProblem): LoadsMeasurement {
  const { capacities, unassignedCosts, loads = [] } = problem;
  const arcs = unassignedCosts.map((): LoadArc[] => []);
  for (const [delivery, agent, cost] of problem.arcs) {
    arcs[delivery]?.push({ agent, cost, uses: [loads[delivery] ?? 1] });
  }
  const began = performance.now();
  const { agentOf, cost, bound } = solveLoads({
    arcs,
    unassignedCosts,
    capacities: capacities.map((capacity) => [capacity]),
  });
  const ms = performance.now() - began;
  return {
    answer: toAnswer(agentOf, cost, bound, ms),
    gapPercent: (cost / Math.max(1, bound) - 1) * 100,
    greedy: greedyCost(problem),
  };
}
