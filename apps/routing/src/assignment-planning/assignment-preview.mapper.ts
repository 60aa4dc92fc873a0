import { createHash } from 'node:crypto';
import { MOST_PLANNED_AT_ONCE, type AssignmentPreview } from '#libs/contracts/index.js';
import { holderOf } from '../deliveries/deliveries.module.js';
import type { GiveDelivery, PlannedBoard, PlannedChange } from './planned-changes.js';

/**
 * Names what a plan does: two plans that give the same deliveries to the same agents and leave the same ones are one, though
 * a moment later their costs differ by the seconds that passed.
 */
export function planIdOf(changes: readonly PlannedChange[]): string {
  const told = changes.map((change) => `${change.delivery._id}>${change.kind === 'give' ? change.agent._id : ''}`);
  return `plan.${createHash('sha256').update(told.sort().join('\n')).digest('hex').slice(0, 40)}`;
}

/** Of a plan as much as is shown, and committed by hand, in one go. */
export const firstOf = ({ changes, more, ...board }: PlannedBoard): PlannedBoard => ({
  ...board,
  changes: changes.slice(0, MOST_PLANNED_AT_ONCE),
  more: more || changes.length > MOST_PLANNED_AT_ONCE,
});

export function toPreview({ changes, plan, more }: PlannedBoard, boardVersion: number, now: Date): AssignmentPreview {
  return {
    planId: planIdOf(changes),
    boardVersion,
    plannedAt: now.toISOString(),
    assignments: changes.flatMap((change) => (change.kind === 'give' ? [toPlanned(change)] : [])),
    unassigned: changes.flatMap((change) => (change.kind === 'leave' ? [{ ...change.unassigned }] : [])),
    cost: plan.cost,
    bound: plan.bound,
    more,
  };
}

function toPlanned({ delivery, assignment }: GiveDelivery): AssignmentPreview['assignments'][number] {
  const { deliveryId, agentId, cost, terms, runnerUp, explanation } = assignment;
  const former = holderOf(delivery);
  return {
    ...{ deliveryId, agentId, cost, explanation },
    ...(former === undefined ? {} : { formerAgentId: former }),
    terms: { ...terms },
    ...(runnerUp ? { runnerUpAgentId: runnerUp.agentId, runnerUpCost: runnerUp.cost } : {}),
  };
}
