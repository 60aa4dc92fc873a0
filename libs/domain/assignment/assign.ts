import { judgePair, type PairJudgement } from './judge-pair.js';
import { solveMinCostAssignment } from './min-cost-assignment.js';
import { fitLoads } from './fit-loads.js';
import { pairCost, type SolvedProblem } from './solved-problem.js';
import {
  DEFAULT_WEIGHTS,
  type Assignment,
  type AssignmentPlan,
  type AssignmentProblem,
  type AssignmentWeights,
  type CostTerms,
} from './types.js';
import { explainAssigned, explainUnassigned } from './explain.js';

/**
 * Gives each delivery to an agent so that the whole plan costs least: travel, the fit of experience to complexity, an
 * even spread of work, lateness, and the price of what stays unassigned. Hard constraints are never broken. Optimal where
 * deliveries only count; where weight, volume or minutes bind, the optimum by count is repaired to a feasible plan. The
 * result does not depend on the order of the input.
 */
export function assign({ now, deliveries, agents, weights: given }: AssignmentProblem): AssignmentPlan {
  const weights: AssignmentWeights = { ...DEFAULT_WEIGHTS, ...given };
  const sortedDeliveries = sortById(deliveries);
  const sortedAgents = sortById(agents);
  const pairs: PairJudgement[][] = sortedDeliveries.map((delivery) =>
    sortedAgents.map((agent) => judgePair(agent, delivery, now, weights)),
  );
  const loadCost = (agent: number, load: number): number =>
    Math.round(weights.imbalance * ((sortedAgents[agent]?.committed ?? 0) + load));
  const unassignedCosts = sortedDeliveries.map(({ priority }) =>
    Math.round(weights.unassigned + weights.unassignedByPriority * priority),
  );

  const solution = solveMinCostAssignment({
    arcs: pairs.map((row) => row.flatMap((pair, agent) => (pair.feasible ? [{ agent, cost: pairCost(pair) }] : []))),
    capacities: sortedAgents.map(({ capacity }) => capacity.count),
    unassignedCosts,
    loadCost,
  });
  const agentOf = fitLoads({
    agentOf: solution.agentOf,
    deliveries: sortedDeliveries,
    agents: sortedAgents,
    pairs,
    loadCost,
    unassignedCosts,
  });
  return describe({ agentOf, deliveries: sortedDeliveries, agents: sortedAgents, pairs, loadCost, unassignedCosts });
}

function describe(solved: SolvedProblem): AssignmentPlan {
  const { agentOf, deliveries, agents, pairs, loadCost, unassignedCosts } = solved;
  const loads = agents.map(() => 0);
  const finalLoads = agents.map((_, agent) => agentOf.filter((taker) => taker === agent).length);
  const plan = { assignments: [] as Assignment[], unassigned: [] as AssignmentPlan['unassigned'][number][], cost: 0 };

  deliveries.forEach((delivery, index) => {
    const chosen = agentOf[index] ?? -1;
    const agent = agents[chosen];
    const pair = pairs[index]?.[chosen];
    if (!agent || !pair?.feasible) {
      plan.unassigned.push({ deliveryId: delivery.id, ...explainUnassigned(solved, index, finalLoads) });
      plan.cost += unassignedCosts[index] ?? 0;
      return;
    }
    const load = loads[chosen] ?? 0;
    loads[chosen] = load + 1;
    const { travel, experience, lateness } = pair;
    const terms: CostTerms = { travel, experience, balance: loadCost(chosen, load), lateness };
    const cost = terms.travel + terms.experience + terms.balance + terms.lateness;
    const runnerUp = findRunnerUp(solved, index, chosen, finalLoads);
    plan.assignments.push({
      deliveryId: delivery.id,
      agentId: agent.id,
      cost,
      terms,
      ...(runnerUp ? { runnerUp } : {}),
      explanation: explainAssigned({ agent, delivery, terms, cost, runnerUp }),
    });
    plan.cost += cost;
  });
  return plan;
}

/** The cheapest other agent who may take it, priced as one more on top of what that agent has in the plan. */
function findRunnerUp(
  { agents, pairs, loadCost }: SolvedProblem,
  delivery: number,
  chosen: number,
  finalLoads: readonly number[],
): Assignment['runnerUp'] {
  let best: Assignment['runnerUp'];
  agents.forEach((agent, index) => {
    const pair = pairs[delivery]?.[index];
    if (index === chosen || !pair?.feasible) return;
    const cost = pairCost(pair) + loadCost(index, finalLoads[index] ?? 0);
    if (!best || cost < best.cost) best = { agentId: agent.id, cost };
  });
  return best;
}

/** By code unit, not by locale: the same everywhere. */
const sortById = <T extends { readonly id: string }>(items: readonly T[]): T[] =>
  [...items].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
