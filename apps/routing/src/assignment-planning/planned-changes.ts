import type { Assignment, AssignmentPlan, Unassigned } from '#libs/domain/assignment/index.js';
import type { AgentDocument } from '#libs/persistence/schemas/routing/agents.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { holderOf } from '../deliveries/deliveries.module.js';

/** A delivery that goes to an agent: from nobody, or from the one who has it. */
export interface GiveDelivery {
  readonly kind: 'give';
  readonly delivery: DeliveryDocument;
  readonly agent: AgentDocument;
  readonly assignment: Assignment;
}

/** A delivery that is nobody's after the plan. */
export interface LeaveDelivery {
  readonly kind: 'leave';
  readonly delivery: DeliveryDocument;
  readonly unassigned: Unassigned;
}

export type PlannedChange = GiveDelivery | LeaveDelivery;

/** A plan with everything it was made of. */
export interface PlannedBoard {
  /** In the order in which they can be carried out a few at a time: no agent ever has more than they can carry. */
  readonly changes: readonly PlannedChange[];
  readonly plan: AssignmentPlan;
  /** More wait than one plan holds. */
  readonly more: boolean;
  /** Names what was asked: the same deliveries, agents and loads in the same minute have the same plan. */
  readonly question: string;
}

/** Whether an agent has it before. */
export const isMove = ({ delivery }: PlannedChange): boolean => holderOf(delivery) !== undefined;

/** What waits, and waits on for the reason that was told already, is none. */
export const isNews = (change: PlannedChange): boolean =>
  change.kind === 'give' || isMove(change) || change.delivery.unassignableReason !== change.unassigned.explanation;

/**
 * What a plan changes. First what is taken from somebody, which makes room; then what is given, which never takes more than
 * the whole plan does.
 * @param deliveries as they were planned, the most urgent first
 */
export function changesOf(
  deliveries: readonly DeliveryDocument[],
  agents: readonly AgentDocument[],
  plan: AssignmentPlan,
): PlannedChange[] {
  const agentById = new Map(agents.map((agent) => [agent._id, agent]));
  const assignments = new Map(plan.assignments.map((assignment) => [assignment.deliveryId, assignment]));
  const left = new Map(plan.unassigned.map((unassigned) => [unassigned.deliveryId, unassigned]));
  const changes = deliveries.flatMap((delivery): PlannedChange[] => {
    const assignment = assignments.get(delivery._id);
    const agent = assignment && agentById.get(assignment.agentId);
    if (agent) return holderOf(delivery) === agent._id ? [] : [{ kind: 'give', delivery, agent, assignment }];
    const unassigned = left.get(delivery._id);
    return unassigned ? [{ kind: 'leave', delivery, unassigned }] : [];
  });
  return [...changes.filter(isMove), ...changes.filter((change) => !isMove(change))];
}
