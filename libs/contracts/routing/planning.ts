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

/** As many are shown, and committed by hand, as one transaction can commit within the few seconds it may live. */
export const MOST_PLANNED_AT_ONCE = 200;

const DELIVERY_IDS = {
  optional: true,
  minItems: 1,
  maxItems: MOST_PLANNED_AT_ONCE,
  item: { max: 128, pattern: /^[A-Za-z0-9][A-Za-z0-9._~-]*$/, patternMeaning: 'an identifier' },
  description: 'Only these, and nothing is moved; by default all that wait for an agent.',
};

export class PlanningScope {
  @TextListField(DELIVERY_IDS) deliveryIds?: string[];
}

export class CommitAssignmentInput extends PlanningScope {
  @IdField({ description: 'Of the preview that is to be carried out as it was shown.' }) planId!: string;
}

/** The parts of a cost, in seconds of work; they add up to it. */
export class AssignmentTerms {
  @NumberField({ description: 'On the way there.' }) travel!: number;
  @NumberField({ description: 'Instructions harder than the agent is experienced.' }) experience!: number;
  @NumberField({ description: 'What the agent has already.' }) balance!: number;
  @NumberField({ description: 'Arriving after the window.' }) lateness!: number;
  @NumberField({ description: 'Others know the customer, the agent does not.' }) history!: number;
  @NumberField({ description: 'How often deliveries of the agent go wrong.' }) reliability!: number;
  @NumberField({ description: 'Another agent has it already.' }) churn!: number;
}

export class PlannedAssignment {
  @IdField() deliveryId!: string;
  @IdField() agentId!: string;
  @IdField({ optional: true, description: 'Who has it now; absent where nobody does.' }) formerAgentId?: string;
  @NumberField() cost!: number;
  @ObjectField(() => AssignmentTerms) terms!: AssignmentTerms;
  @IdField({ optional: true }) runnerUpAgentId?: string;
  @NumberField({ optional: true }) runnerUpCost?: number;
  @TextField({ max: 1000 }) explanation!: string;
}

export class LeftUnassigned {
  @IdField() deliveryId!: string;
  @TextField({ max: 40 }) bindingConstraint!: string;
  @TextField({ max: 1000 }) explanation!: string;
}

/** What a plan over everything that is not acknowledged would change, and why; nothing is done. */
export class AssignmentPreview {
  @IdField({
    description: 'Names exactly this plan: it is the same as long as the same deliveries go to the same agents.',
  })
  planId!: string;
  @IntegerField({ min: 0, description: 'Commits of plans so far.' }) boardVersion!: number;
  @InstantField() plannedAt!: string;
  @ObjectListField(() => PlannedAssignment, { maxItems: MOST_PLANNED_AT_ONCE }) assignments!: PlannedAssignment[];
  @ObjectListField(() => LeftUnassigned, { maxItems: MOST_PLANNED_AT_ONCE }) unassigned!: LeftUnassigned[];
  @NumberField({ description: 'Of the whole plan in seconds, with the price of what stays unassigned.' }) cost!: number;
  @NumberField({
    optional: true,
    description: 'No plan costs less; the cost itself unless weight, volume or minutes bind.',
  })
  bound?: number;
  @FlagField({ description: 'More would change than is shown.' }) more!: boolean;
}

export class GetCallTimingRequest {
  @IdField() customerId!: string;
  /** The last instant at which an answer still helps. */
  @InstantField({ optional: true }) deadline?: string;
}

export class CallTiming {
  @IdField() customerId!: string;
  @FlagField() doNotCall!: boolean;
  @TextField({ max: 40 }) rulesVersion!: string;
  /** Every zone they may be in: ringing must be lawful in all of them. */
  @TextListField({ maxItems: 60, item: { max: 64 } }) zones!: string[];
  @ObjectListField(() => TimeWindow, {
    maxItems: 100,
    description: 'When ringing is lawful, from now to the deadline.',
  })
  lawfulWindows!: TimeWindow[];
  @InstantField() deadline!: string;
  @InstantField({ optional: true, description: 'Absent when they may not be called before the deadline.' })
  recommendedAt?: string;
  @NumberField({ optional: true, min: 0, max: 1, description: 'Of reaching them then, where earlier calls say.' })
  chance?: number;
  @TextField({ max: 500, description: 'Why then, or the rule by which not.' }) reason!: string;
  @IntegerField({ min: 0, description: 'Calls left on this calling day, over all deliveries.' })
  callsLeftToday!: number;
  @IntegerField({ min: 0, description: 'Calls allowed for one delivery.' }) callsPerDelivery!: number;
}

export const PreviewAssignmentRpc = defineQuery({
  subject: 'rpc.routing.assignment.preview.v1',
  request: PlanningScope,
  reply: AssignmentPreview,
  errors: ['not_waiting'],
  callers: ['gateway'],
  summary: 'Who would be given the waiting deliveries, and why; nothing is done.',
});

export const CommitAssignmentRpc = defineCommand({
  subject: 'rpc.routing.assignment.commit.v1',
  request: CommitAssignmentInput,
  reply: AssignmentPreview,
  errors: ['plan_changed', 'not_waiting'],
  callers: ['gateway'],
  summary: 'Carries out a previewed plan as it was shown, or nothing of it.',
});

export const GetCallTimingRpc = defineQuery({
  subject: 'rpc.routing.customer.call-timing.v1',
  request: GetCallTimingRequest,
  reply: CallTiming,
  callers: ['gateway'],
  summary: 'When a customer may be called, when it is best, and how often still.',
});
