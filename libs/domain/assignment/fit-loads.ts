import type { LoadArc } from './loads/load-problem.js';
import type { PairBook } from './problem/pair-book.js';
import type { LoadCost } from './transport/places.js';
import { solveLoads } from './loads/solve-loads.js';

export interface CountedPlan {
  /** By delivery: its agent, or -1; optimal where deliveries only count. */
  readonly agentOf: readonly number[];
  readonly pairs: PairBook;
  readonly loadCost: LoadCost;
  readonly unassignedCosts: readonly number[];
}

export interface FittedPlan {
  readonly agentOf: readonly number[];
  /** A plan that fits costs at least this; 0 where the plan is the optimum by count, which is a bound itself. */
  readonly bound: number;
}

/** Up to so many pairs all are looked at; of larger problems the nearest agents of each delivery, which proves no bound. */
const MOST_PAIRS = 200_000;
const NEAREST = 40;
/** Somebody waits for the plan, and it is made anew whenever something changes. */
const EFFORT = 0.02;

/** Makes a plan that is optimal by count also fit weight, volume and minutes. Plans that fit are returned as they are. */
export function fitLoads({ agentOf, pairs, loadCost, unassignedCosts }: CountedPlan): FittedPlan {
  const capacities = pairs.agents.map(({ capacity: { count, weightGrams, volumeMl, minutes } }) => [
    count,
    weightGrams ?? Infinity,
    volumeMl ?? Infinity,
    minutes === undefined ? Infinity : minutes * 60,
  ]);
  if (fits(agentOf, pairs, capacities)) return { agentOf, bound: 0 };
  const isWhole = pairs.deliveries.length * pairs.agents.length <= MOST_PAIRS;
  const arcs = pairs.deliveries.map((_, delivery) => {
    const near = pairs.nearestTo(delivery);
    const row: LoadArc[] = [];
    for (const agent of near) {
      if (!isWhole && row.length >= NEAREST && agent !== agentOf[delivery]) continue;
      const cost = pairs.cost(delivery, agent);
      if (cost < Infinity) row.push({ agent, cost, uses: usesOf(pairs, delivery, agent) });
    }
    return row;
  });
  const solved = solveLoads({ arcs, capacities, unassignedCosts, loadCost }, agentOf, EFFORT);
  return { agentOf: solved.agentOf, bound: isWhole ? solved.bound : 0 };
}

/** What a delivery takes of an agent's room: a place, grams, millilitres, seconds. */
function usesOf(pairs: PairBook, delivery: number, agent: number): number[] {
  const pair = pairs.pair(delivery, agent);
  const { weightGrams = 0, volumeMl = 0 } = pairs.deliveries[delivery] ?? {};
  return [1, weightGrams, volumeMl, pair.feasible ? pair.workSeconds : 0];
}

function fits(agentOf: readonly number[], pairs: PairBook, capacities: readonly (readonly number[])[]): boolean {
  const room = capacities.map((capacity) => [...capacity]);
  agentOf.forEach((agent, delivery) => {
    const own = room[agent];
    if (own) usesOf(pairs, delivery, agent).forEach((use, measure) => (own[measure] = (own[measure] ?? 0) - use));
  });
  return room.every((own) => own.every((left) => left >= 0));
}
