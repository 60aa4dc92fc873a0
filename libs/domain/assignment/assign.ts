import { explainAssigned, explainUnassigned } from './explain.js';
import { fitLoads } from './fit-loads.js';
import { getPairCost } from './problem/evaluate-pair.js';
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
 * The cost adds up travel, lack of experience for complex instructions, balance of work, lateness, familiarity with the
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
  const planByCount = solveByCount(pairs, capacities, unassignedCosts, loadCost);
  const { agentOf, bound } = fitLoads({ agentOf: planByCount.agentOf, pairs, loadCost, unassignedCosts });
  const plan = toPlan({ agentOf, pairs, loadCost, unassignedCosts });
  return { ...plan, bound: Math.max(bound, planByCount.cost) };
}

function toPlan(solved: SolvedProblem): Omit<AssignmentPlan, 'bound'> {
  const { agentOf, pairs, loadCost, unassignedCosts } = solved;
  const loads = pairs.agents.map(() => 0);
  const finalLoads = pairs.agents.map(() => 0);
  for (const agent of agentOf) if (agent >= 0) finalLoads[agent] = (finalLoads[agent] ?? 0) + 1;
  const plan = { assignments: [] as Assignment[], unassigned: [] as AssignmentPlan['unassigned'][number][], cost: 0 };

  pairs.deliveries.forEach((delivery, index) => {
    const chosenAgent = agentOf[index] ?? -1;
    const agent = pairs.agents[chosenAgent];
    const pair = agent ? pairs.evaluate(index, chosenAgent) : undefined;
    if (!agent || !pair?.feasible) {
      plan.unassigned.push({ deliveryId: delivery.id, ...explainUnassigned(solved, index, finalLoads) });
      plan.cost += unassignedCosts[index] ?? 0;
      return;
    }
    const load = loads[chosenAgent] ?? 0;
    loads[chosenAgent] = load + 1;
    const { feasible: _feasible, workSeconds, ...pairTerms } = pair;
    const terms: CostTerms = { ...pairTerms, balance: loadCost(chosenAgent, load) };
    const cost = getPairCost(pair) + terms.balance;
    const runnerUp = findRunnerUp(solved, index, chosenAgent, finalLoads);
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

/**
 * Finds the cheapest other agent who may take the delivery, including the balance cost of one more delivery in the
 * plan.
 */
function findRunnerUp(
  { pairs, loadCost }: SolvedProblem,
  delivery: number,
  chosenAgent: number,
  finalLoads: readonly number[],
): Assignment['runnerUp'] {
  let best = { agent: Infinity, cost: Infinity };
  for (const agent of pairs.nearestAgents(delivery)) {
    const minCost = pairs.getMinCost(delivery, agent);
    // Agents farther away cost more by travel alone.
    if (minCost > best.cost) break;
    if (agent === chosenAgent) continue;
    const balance = loadCost(agent, finalLoads[agent] ?? 0);
    if (minCost + balance > best.cost) continue;
    const cost = pairs.getCost(delivery, agent) + balance;
    if (cost === Infinity) continue;
    if (cost < best.cost || (cost === best.cost && agent < best.agent)) best = { agent, cost };
  }
  const agent = pairs.agents[best.agent];
  return agent && { agentId: agent.id, cost: best.cost };
}

/** Compares code units, not by locale, so that the order is the same on every machine. */
const sortById = <T extends { readonly id: string }>(items: readonly T[]): T[] =>
  [...items].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
