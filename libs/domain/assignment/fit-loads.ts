import type { SolvedProblem } from './solved-problem.js';

/** What an agent's deliveries use up. */
interface Load {
  count: number;
  weightGrams: number;
  volumeMl: number;
  seconds: number;
}

/**
 * Makes a plan that is optimal by count also fit weight, volume and minutes: agents that carry too much hand over their
 * cheapest-to-lose deliveries, which then go to the cheapest agent with room, dearest to leave out first. Plans that fit
 * are returned as they are. The general problem is NP-hard; this is a heuristic and reports no bound.
 */
export function fitLoads(solved: SolvedProblem): readonly number[] {
  const agentOf = [...solved.agentOf];
  const { agents } = solved.pairs;
  const loads: Load[] = agents.map(() => ({ count: 0, weightGrams: 0, volumeMl: 0, seconds: 0 }));
  agentOf.forEach((agent, delivery) => {
    if (agent >= 0) change(loads, solved, delivery, agent, 1);
  });

  const homeless: number[] = [];
  agents.forEach((_, agent) => {
    const own = agentOf.flatMap((taker, delivery) => (taker === agent ? [delivery] : []));
    own.sort((a, b) => lossOf(solved, a, agent) - lossOf(solved, b, agent) || a - b);
    for (const delivery of own) {
      if (!exceeds(loads, solved, agent)) break;
      change(loads, solved, delivery, agent, -1);
      agentOf[delivery] = -1;
      homeless.push(delivery);
    }
  });

  homeless.sort((a, b) => (solved.unassignedCosts[b] ?? 0) - (solved.unassignedCosts[a] ?? 0) || a - b);
  for (const delivery of homeless) {
    const agent = cheapestWithRoom(loads, solved, delivery);
    if (agent < 0) continue;
    change(loads, solved, delivery, agent, 1);
    agentOf[delivery] = agent;
  }
  return agentOf;
}

/** What the plan loses if the delivery were left out instead. */
function lossOf({ unassignedCosts, pairs }: SolvedProblem, delivery: number, agent: number): number {
  return (unassignedCosts[delivery] ?? 0) - pairs.cost(delivery, agent);
}

function change(loads: Load[], { pairs }: SolvedProblem, delivery: number, agent: number, by: 1 | -1): void {
  const load = loads[agent];
  const pair = pairs.pair(delivery, agent);
  if (!load || !pair.feasible) return;
  load.count += by;
  load.weightGrams += by * (pairs.deliveries[delivery]?.weightGrams ?? 0);
  load.volumeMl += by * (pairs.deliveries[delivery]?.volumeMl ?? 0);
  load.seconds += by * pair.workSeconds;
}

function exceeds(loads: readonly Load[], { pairs }: SolvedProblem, agent: number): boolean {
  const load = loads[agent];
  const capacity = pairs.agents[agent]?.capacity;
  if (!load || !capacity) return false;
  return (
    load.count > capacity.count ||
    load.weightGrams > (capacity.weightGrams ?? Infinity) ||
    load.volumeMl > (capacity.volumeMl ?? Infinity) ||
    load.seconds > (capacity.minutes ?? Infinity) * 60
  );
}

function cheapestWithRoom(loads: Load[], solved: SolvedProblem, delivery: number): number {
  let best = -1;
  let bestCost = solved.unassignedCosts[delivery] ?? 0;
  solved.pairs.agents.forEach((_, agent) => {
    const cost = solved.pairs.cost(delivery, agent) + solved.loadCost(agent, loads[agent]?.count ?? 0);
    if (cost >= bestCost) return;
    change(loads, solved, delivery, agent, 1);
    if (!exceeds(loads, solved, agent)) {
      best = agent;
      bestCost = cost;
    }
    change(loads, solved, delivery, agent, -1);
  });
  return best;
}
