import { assign, type AssignmentPlan } from '#libs/domain/assignment/index.js';
import { mulberry32 } from '../seeded-random.js';
import { answerOf, type Answer } from './answer.js';
import type { WorldProblem } from './problem-file.js';

export interface WorldMeasurement {
  readonly plan: AssignmentPlan;
  readonly answer: Answer;
  /** Whether the plan is the same, to the last word, with deliveries and agents in another order. */
  readonly shuffledIsSame: boolean;
}

/** Plans it by the product's own costs: judging pairs, solving and explaining together. */
export function measureWorld(world: WorldProblem): WorldMeasurement {
  const began = performance.now();
  const plan = assign(world);
  const ms = performance.now() - began;
  const agentIndex = new Map(world.agents.map(({ id }, index) => [id, index]));
  const agentByDelivery = new Map(plan.assignments.map(({ deliveryId, agentId }) => [deliveryId, agentId]));
  const agentOf = world.deliveries.map(({ id }) => agentIndex.get(agentByDelivery.get(id) ?? '') ?? -1);
  const again = assign({ ...world, agents: shuffled(world.agents), deliveries: shuffled(world.deliveries) });
  return {
    plan,
    answer: answerOf(agentOf, plan.cost, plan.bound, ms),
    shuffledIsSame: JSON.stringify(again) === JSON.stringify(plan),
  };
}

/** Why a delivery is with whom it is, or with nobody. @returns undefined for one that the problem does not have */
export function explain({ assignments, unassigned }: AssignmentPlan, deliveryId: string): string | undefined {
  const given = assignments.find((one) => one.deliveryId === deliveryId);
  if (!given) return unassigned.find((one) => one.deliveryId === deliveryId)?.explanation;
  const terms = Object.entries(given.terms).map(([term, seconds]) => `  ${term.padEnd(12)}${seconds} s`);
  const runnerUp = given.runnerUp ? `\n  runner-up   ${given.runnerUp.agentId}, ${given.runnerUp.cost} s` : '';
  return `${given.explanation}\n${terms.join('\n')}\n  together    ${given.cost} s${runnerUp}`;
}

function shuffled<T>(items: readonly T[]): T[] {
  const random = mulberry32(items.length);
  return items
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}
