import { assign, type AssignmentPlan } from '#libs/domain/assignment/index.js';
import { mulberry32 } from '../seeded-random.js';
import { toAnswer, type Answer } from './answer.js';
import type { PositionsProblem } from './problem-file.js';

export interface PositionsMeasurement {
  readonly plan: AssignmentPlan;
  readonly answer: Answer;
  /** Whether the plan, including its explanations, is the same with deliveries and agents in another order. */
  readonly shuffledIsSame: boolean;
}

/** Plans by the product's own costs. The time includes cost computation, solving and explaining. */
export function measurePositions(problem: PositionsProblem): PositionsMeasurement {
  const began = performance.now();
  const plan = assign(problem);
  const ms = performance.now() - began;
  const agentIndex = new Map(problem.agents.map(({ id }, index) => [id, index]));
  const agentByDelivery = new Map(plan.assignments.map(({ deliveryId, agentId }) => [deliveryId, agentId]));
  const agentOf = problem.deliveries.map(({ id }) => agentIndex.get(agentByDelivery.get(id) ?? '') ?? -1);
  const shuffledPlan = assign({ ...problem, agents: shuffle(problem.agents), deliveries: shuffle(problem.deliveries) });
  return {
    plan,
    answer: toAnswer(agentOf, plan.cost, plan.bound, ms),
    shuffledIsSame: JSON.stringify(shuffledPlan) === JSON.stringify(plan),
  };
}

/**
 * Explains why a delivery has its agent, or why it is unassigned.
 *
 * @returns Undefined if the problem has no such delivery.
 */
export function explain({ assignments, unassigned }: AssignmentPlan, deliveryId: string): string | undefined {
  const assignment = assignments.find((one) => one.deliveryId === deliveryId);
  if (!assignment) return unassigned.find((one) => one.deliveryId === deliveryId)?.explanation;
  const terms = Object.entries(assignment.terms).map(([term, seconds]) => `  ${term.padEnd(12)}${seconds} s`);
  const runnerUp = assignment.runnerUp
    ? `\n  runner-up   ${assignment.runnerUp.agentId}, ${assignment.runnerUp.cost} s`
    : '';
  return `${assignment.explanation}\n${terms.join('\n')}\n  together    ${assignment.cost} s${runnerUp}`;
}

function shuffle<T>(items: readonly T[]): T[] {
  const random = mulberry32(items.length);
  return items
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}
