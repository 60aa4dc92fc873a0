import {
  FlagField,
  IdField,
  InstantField,
  IntegerField,
  NumberField,
  ObjectField,
  ObjectListField,
  TextField,
  TextListField,
} from '../fields/index.js';
import { defineCommand, defineQuery } from '../kernel/index.js';
import { TimeWindow } from '../values/index.js';

/** Maximum number of deliveries in a plan, because one transaction of a few seconds commits them. */
export const MAX_PLANNED_DELIVERIES = 200;

const DELIVERY_IDS = {
  optional: true,
  minItems: 1,
  maxItems: MAX_PLANNED_DELIVERIES,
  item: { max: 128, pattern: /^[A-Za-z0-9][A-Za-z0-9._~-]*$/, patternMeaning: 'an identifier' },
  description: 'Plans only these deliveries, without moving others. Defaults to all deliveries that wait for an agent.',
};

/** The deliveries that a plan covers. */
export class PlanningScope {
  @TextListField(DELIVERY_IDS) deliveryIds?: string[];
}

/** The previewed plan to commit. */
export class CommitAssignmentInput extends PlanningScope {
  @IdField({ description: 'The plan to commit, from a preview. It is applied exactly as previewed.' }) planId!: string;
}

/** The terms of an assignment's cost, in seconds of work. The cost is their sum. */
export class AssignmentTerms {
  @NumberField({ description: 'Travel time.' }) travel!: number;
  @NumberField({ description: 'Penalty for instructions that exceed the agent’s experience.' }) experience!: number;
  @NumberField({ description: 'Penalty for the work that the agent already has.' }) balance!: number;
  @NumberField({ description: 'Penalty for arriving after the window.' }) lateness!: number;
  @NumberField({ description: 'Penalty if other agents know the customer and this agent does not.' }) history!: number;
  @NumberField({ description: 'Penalty for the agent’s rate of failed deliveries.' }) reliability!: number;
  @NumberField({ description: 'Penalty for moving the delivery away from its current agent.' }) churn!: number;
}

/** One assignment of a plan, with its cost and the runner-up. Costs are in seconds of work. */
export class PlannedAssignment {
  @IdField() deliveryId!: string;
  @IdField() agentId!: string;
  @IdField({ optional: true, description: 'The agent who has the delivery now. Absent if it is unassigned.' })
  formerAgentId?: string;
  @NumberField() cost!: number;
  @ObjectField(() => AssignmentTerms) terms!: AssignmentTerms;
  @IdField({ optional: true }) runnerUpAgentId?: string;
  @NumberField({ optional: true }) runnerUpCost?: number;
  @TextField({ max: 1000 }) explanation!: string;
}

/** A delivery that a plan cannot assign, and the constraint that prevents it. */
export class LeftUnassigned {
  @IdField() deliveryId!: string;
  @TextField({ max: 40 }) bindingConstraint!: string;
  @TextField({ max: 1000 }) explanation!: string;
}

/** The changes that a plan over all unacknowledged deliveries would make, and why. A preview changes nothing. */
export class AssignmentPreview {
  @IdField({
    description: 'Identifies the plan. It stays the same as long as the same deliveries go to the same agents.',
  })
  planId!: string;
  @IntegerField({ min: 0, description: 'Number of plans committed so far.' }) boardVersion!: number;
  @InstantField() plannedAt!: string;
  @ObjectListField(() => PlannedAssignment, { maxItems: MAX_PLANNED_DELIVERIES }) assignments!: PlannedAssignment[];
  @ObjectListField(() => LeftUnassigned, { maxItems: MAX_PLANNED_DELIVERIES }) unassigned!: LeftUnassigned[];
  @NumberField({
    description: 'Cost of the whole plan in seconds, including the penalty for deliveries that stay unassigned.',
  })
  cost!: number;
  @NumberField({
    optional: true,
    description: 'Lower bound of the cost of any plan. Equal to `cost` unless a weight, volume or time limit binds.',
  })
  bound?: number;
  @FlagField({ description: 'Whether the plan contains more changes than are listed.' }) more!: boolean;
}

export class GetCallTimingRequest {
  @IdField() customerId!: string;
  /** The last instant at which the customer's answer can be used. */
  @InstantField({ optional: true }) deadline?: string;
}

/** When a customer may be called, and the recommended time. */
export class CallTiming {
  @IdField() customerId!: string;
  @FlagField() doNotCall!: boolean;
  @TextField({ max: 40 }) rulesVersion!: string;
  /** Every zone in which the customer may be. A call must be lawful in all of them. */
  @TextListField({ maxItems: 60, item: { max: 64 } }) zones!: string[];
  @ObjectListField(() => TimeWindow, {
    maxItems: 100,
    description: 'The windows from now until the deadline in which a call is lawful.',
  })
  lawfulWindows!: TimeWindow[];
  @InstantField() deadline!: string;
  @InstantField({
    optional: true,
    description: 'The best time to call. Absent if no call is permitted before the deadline.',
  })
  recommendedAt?: string;
  @NumberField({
    optional: true,
    min: 0,
    max: 1,
    description: 'The estimated probability of reaching the customer then. Absent if earlier calls allow no estimate.',
  })
  chance?: number;
  @TextField({ max: 500, description: 'Why this time is recommended, or the rule that forbids a call.' })
  reason!: string;
  @IntegerField({ min: 0, description: 'Number of calls left on this calling day, over all deliveries.' })
  callsLeftToday!: number;
  @IntegerField({ min: 0, description: 'Maximum number of calls for one delivery.' }) callsPerDelivery!: number;
}

export const PreviewAssignmentRpc = defineQuery({
  subject: 'rpc.routing.assignment.preview.v1',
  request: PlanningScope,
  reply: AssignmentPreview,
  errors: ['not_waiting'],
  callers: ['gateway'],
  summary: 'Returns how the waiting deliveries would be assigned, and why. Changes nothing.',
});

export const CommitAssignmentRpc = defineCommand({
  subject: 'rpc.routing.assignment.commit.v1',
  request: CommitAssignmentInput,
  reply: AssignmentPreview,
  errors: ['plan_changed', 'not_waiting'],
  callers: ['gateway'],
  summary: 'Commits a previewed plan exactly as previewed, or fails without any change.',
});

export const GetCallTimingRpc = defineQuery({
  subject: 'rpc.routing.customer.call-timing.v1',
  request: GetCallTimingRequest,
  reply: CallTiming,
  callers: ['gateway'],
  summary: 'Returns when a customer may be called, the best time, and how many calls remain.',
});
