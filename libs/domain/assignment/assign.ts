import { explainAssigned, explainUnassigned } from './explain.js';
import { fitLoads } from './fit-loads.js';
import { pairCost } from './problem/evaluate-pair.js';
import { PairTable } from './problem/pair-table.js';
import { solveByCount } from './solve-by-count.js';
import type { SolvedProblem } from './solved-problem.js';
import {
  DEFAULT_WEIGHTS,
  type Assignment,
  type AssignmentPlan,
  type AssignmentProblem,
  type AssignmentWeights,
  type CostTerms,
} from './problem/types.js';

/**
 * Computes the plan of minimum total cost: every delivery gets one agent or stays unassigned.
 *
 * The cost adds up travel, the fit of experience to complexity, balance of work, lateness, familiarity with the
 * customer, reliability, churn, and the penalty of unassigned deliveries; see {@link AssignmentWeights}. Hard
 * constraints are never violated. The plan is optimal where capacities limit only the number of deliveries. Where
 * weight, volume or minutes bind, the plan is feasible, and `bound` is a lower bound on the optimal cost. The result
 * does not depend on the order of the input.
 * @throws RangeError when the weights make a cost negative or not a number
 */
export function assign({
  now,
  deliveries,
  agents,
  weights: customWeights,
  travelTimes,
}: AssignmentProblem): AssignmentPlan {
  const weights: AssignmentWeights = { ...DEFAULT_WEIGHTS, ...customWeights };
  const pairs = new PairTable(sortById(deliveries), sortById(agents), now, weights, travelTimes);
  const loadCost = (agent: number, load: number): number =>
    Math.round(weights.imbalance * ((pairs.agents[agent]?.committed ?? 0) + load));
  const unassignedCosts = pairs.deliveries.map(({ priority }) =>
    Math.round(weights.unassigned + weights.unassignedByPriority * priority),
  );
  const capacities = pairs.agents.map(({ capacity }) => capacity.count);
  const byCount = solveByCount(pairs, capacities, unassignedCosts, loadCost);
  const { agentOf, bound } = fitLoads({ agentOf: byCount.agentOf, pairs, loadCost, unassignedCosts });
  const plan = describe({ agentOf, pairs, loadCost, unassignedCosts });
  return { ...plan, bound: Math.max(bound, byCount.cost) };
}

function describe(solved: SolvedProblem): Omit<AssignmentPlan, 'bound'> {
  const { agentOf, pairs, loadCost, unassignedCosts } = solved;
  const loads = pairs.agents.map(() => 0);
  const finalLoads = pairs.agents.map(() => 0);
  for (const agent of agentOf) if (agent >= 0) finalLoads[agent] = (finalLoads[agent] ?? 0) + 1;
  const plan = { assignments: [] as Assignment[], unassigned: [] as AssignmentPlan['unassigned'][number][], cost: 0 };

  pairs.deliveries.forEach((delivery, index) => {
    const chosen = agentOf[index] ?? -1;
    const agent = pairs.agents[chosen];
    const pair = agent ? pairs.pair(index, chosen) : undefined;
    if (!agent || !pair?.feasible) {
      plan.unassigned.push({ deliveryId: delivery.id, ...explainUnassigned(solved, index, finalLoads) });
      plan.cost += unassignedCosts[index] ?? 0;
      return;
    }
    const load = loads[chosen] ?? 0;
    loads[chosen] = load + 1;
    const { feasible: _feasible, workSeconds, ...pairTerms } = pair;
    const terms: CostTerms = { ...pairTerms, balance: loadCost(chosen, load) };
    const cost = pairCost(pair) + terms.balance;
    const runnerUp = findRunnerUp(solved, index, chosen, finalLoads);
    plan.assignments.push({
      deliveryId: delivery.id,
      agentId: agent.id,
      cost,
      terms,
      workSeconds,
      ...(runnerUp ? { runnerUp } : {}),
      explanation: explainAssigned({ agent, delivery, terms, cost, runnerUp }),
    });
    plan.cost += cost;
  });
  return plan;
}

/** The cheapest other agent who may take the delivery, with the balance cost of one more delivery in the plan. */
function findRunnerUp(
  { pairs, loadCost }: SolvedProblem,
  delivery: number,
  chosen: number,
  finalLoads: readonly number[],
): Assignment['runnerUp'] {
  let best = { agent: Infinity, cost: Infinity };
  for (const agent of pairs.nearestAgents(delivery)) {
    const minCost = pairs.minCost(delivery, agent);
    // Agents farther away cost more by travel alone.
    if (minCost > best.cost) break;
    if (agent === chosen) continue;
    const balance = loadCost(agent, finalLoads[agent] ?? 0);
    if (minCost + balance > best.cost) continue;
    const cost = pairs.cost(delivery, agent) + balance;
    if (cost === Infinity) continue;
    if (cost < best.cost || (cost === best.cost && agent < best.agent)) best = { agent, cost };
  }
  const agent = pairs.agents[best.agent];
  return agent && { agentId: agent.id, cost: best.cost };
}

/** Compares code units rather than by locale, so that the order is the same on every machine. */
const sortById = <T extends { readonly id: string }>(items: readonly T[]): T[] =>
  [...items].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
