import type { Assignment, AssignmentPlan, Unassigned } from '#libs/domain/assignment/index.js';
import type { AgentDocument } from '#libs/persistence/schemas/routing/agents.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { getCurrentAgentId } from '../deliveries/deliveries.module.js';

/** Assigns a delivery to an agent, whether it was unassigned or another agent had it. */
export interface AssignDelivery {
  readonly kind: 'assign';
  readonly delivery: DeliveryDocument;
  readonly agent: AgentDocument;
  readonly assignment: Assignment;
}

/** Leaves or makes a delivery unassigned. */
export interface LeaveUnassigned {
  readonly kind: 'leave_unassigned';
  readonly delivery: DeliveryDocument;
  readonly unassigned: Unassigned;
}

export type PlannedChange = AssignDelivery | LeaveUnassigned;

/** A plan as changes of stored deliveries. */
export interface PlannedBoard {
  /** Ordered so that they can be applied in parts: after each part, no agent exceeds their capacity. */
  readonly changes: readonly PlannedChange[];
  readonly plan: AssignmentPlan;
  /** Whether more deliveries are waiting than one plan can include. */
  readonly hasMore: boolean;
  /** Fingerprint of the input: the same deliveries, agents and loads in the same minute have the same plan. */
  readonly inputFingerprint: string;
}

/** Whether the change moves the delivery away from its current agent. */
export const isMove = ({ delivery }: PlannedChange): boolean => getCurrentAgentId(delivery) !== undefined;

/** Whether a change has an effect. It has none if a delivery keeps waiting for a reason that is already published. */
export const hasEffect = (change: PlannedChange): boolean =>
  change.kind === 'assign' || isMove(change) || change.delivery.unassignableReason !== change.unassigned.explanation;

/**
 * Converts a plan to changes. Moves come first, as they free capacity; new assignments follow and never exceed the
 * capacity of the whole plan.
 * @param deliveries the planned deliveries, most urgent first
 */
export function toPlannedChanges(
  deliveries: readonly DeliveryDocument[],
  agents: readonly AgentDocument[],
  plan: AssignmentPlan,
): PlannedChange[] {
  const agentById = new Map(agents.map((agent) => [agent._id, agent]));
  const assignments = new Map(plan.assignments.map((assignment) => [assignment.deliveryId, assignment]));
  const unassignedById = new Map(plan.unassigned.map((unassigned) => [unassigned.deliveryId, unassigned]));
  const changes = deliveries.flatMap((delivery): PlannedChange[] => {
    const assignment = assignments.get(delivery._id);
    const agent = assignment && agentById.get(assignment.agentId);
    if (agent)
      return getCurrentAgentId(delivery) === agent._id ? [] : [{ kind: 'assign', delivery, agent, assignment }];
    const unassigned = unassignedById.get(delivery._id);
    return unassigned ? [{ kind: 'leave_unassigned', delivery, unassigned }] : [];
  });
  return [...changes.filter(isMove), ...changes.filter((change) => !isMove(change))];
}
