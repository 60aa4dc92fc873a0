import { createHash } from 'node:crypto';
import { MAX_PLANNED_DELIVERIES, type AssignmentPreview } from '#libs/contracts/index.js';
import { getCurrentAgentId } from '../deliveries/deliveries.module.js';
import type { AssignDelivery, PlannedBoard, PlannedChange } from './planned-changes.js';

/**
 * Hashes the changes of a plan. Two plans have the same id if they assign the same deliveries to the same agents and
 * leave the same ones unassigned. Costs are not hashed, as they change with the time of planning.
 */
export function toPlanId(changes: readonly PlannedChange[]): string {
  const lines = changes.map((change) => `${change.delivery._id}>${change.kind === 'assign' ? change.agent._id : ''}`);
  return `plan.${createHash('sha256').update(lines.sort().join('\n')).digest('hex').slice(0, 40)}`;
}

/** Limits a plan to the maximum number of changes in one preview and one commit. */
export const truncatePlan = ({ changes, hasMore, ...board }: PlannedBoard): PlannedBoard => ({
  ...board,
  changes: changes.slice(0, MAX_PLANNED_DELIVERIES),
  hasMore: hasMore || changes.length > MAX_PLANNED_DELIVERIES,
});

export function toPreview(
  { changes, plan, hasMore }: PlannedBoard,
  boardVersion: number,
  now: Date,
): AssignmentPreview {
  return {
    planId: toPlanId(changes),
    boardVersion,
    plannedAt: now.toISOString(),
    assignments: changes.flatMap((change) => (change.kind === 'assign' ? [toPlannedAssignment(change)] : [])),
    unassigned: changes.flatMap((change) => (change.kind === 'leave_unassigned' ? [{ ...change.unassigned }] : [])),
    cost: plan.cost,
    bound: plan.bound,
    more: hasMore,
  };
}

function toPlannedAssignment({ delivery, assignment }: AssignDelivery): AssignmentPreview['assignments'][number] {
  const { deliveryId, agentId, cost, terms, runnerUp, explanation } = assignment;
  const formerAgentId = getCurrentAgentId(delivery);
  return {
    deliveryId,
    agentId,
    cost,
    explanation,
    ...(formerAgentId === undefined ? {} : { formerAgentId }),
    terms: { ...terms },
    ...(runnerUp ? { runnerUpAgentId: runnerUp.agentId, runnerUpCost: runnerUp.cost } : {}),
  };
}
