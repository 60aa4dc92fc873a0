import {
  ChoiceField,
  IdField,
  InstantField,
  IntegerField,
  ObjectField,
  ObjectListField,
  PhoneField,
  PositionField,
  TextField,
  TextListField,
} from '../fields/index.js';
import { defineCommand, defineEvent, defineQuery } from '../kernel/index.js';
import { Instructions, SAFE_PLACES, TimeWindow } from '../values/index.js';
import {
  Delivery,
  DELIVERY_STATES,
  FAILURE_REASONS,
  Parcel,
  type DeliveryState,
  type FailureReason,
} from './delivery.js';
import { DeliveryFact } from './events.js';

const DATE = {
  max: 10,
  pattern: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
  patternMeaning: 'a date such as 2026-03-02',
  example: '2026-03-02',
};

/** The statuses that an agent reports for a delivery. */
export const REPORTED_STATUSES = ['out_for_delivery', 'delivered', 'failed'] as const;
export type ReportedStatus = (typeof REPORTED_STATUSES)[number];

/** The kinds of problems that an agent reports without failing the delivery. */
export const PROBLEM_KINDS = [
  'address',
  'access',
  'customer',
  'parcel',
  'vehicle',
  'safety',
  'delay',
  'other',
] as const;
export type ProblemKind = (typeof PROBLEM_KINDS)[number];

/** When the agent is expected at a stop, given the order of stops and the agent's position. */
export class StopArrival {
  @InstantField() at!: string;
  @InstantField({ description: 'The start of the 80% prediction interval of the arrival.' }) earliest!: string;
  @InstantField({ description: 'The end of the 80% prediction interval of the arrival.' }) latest!: string;
}

/** One delivery of an agent's day, with everything that the agent needs at the door. */
export class Stop {
  /** Position in the order of the day, from 1. */
  @IntegerField({ min: 1 }) stop!: number;
  @IdField() deliveryId!: string;
  @IntegerField({ min: 1 }) revision!: number;
  @TextField({ max: 100 }) reference!: string;
  @ChoiceField(DELIVERY_STATES) state!: DeliveryState;
  @TextField({ max: 120 }) customerName!: string;
  @PhoneField() phone!: string;
  @TextField({ optional: true, max: 300 }) address?: string;
  @PositionField() position!: [number, number];
  @ObjectField(() => TimeWindow) window!: TimeWindow;
  @ObjectField(() => StopArrival) arrival!: StopArrival;
  @ObjectField(() => Parcel) parcel!: Parcel;
  @TextListField({ maxItems: 30, item: { max: 40 } }) requires!: string[];
  @ObjectField(() => Instructions, {
    optional: true,
    description:
      'The customer’s instructions. They contain the value of an access code only on the day of the delivery.',
  })
  instructions?: Instructions;
  /** The customer's own words. Present only on the day of the delivery, because they may contain an access code. */
  @TextField({ optional: true, min: 0, max: 10_000 }) transcript?: string;
  @IdField({ optional: true }) recordingId?: string;
}

export class GetAgentDayRequest {
  @IdField() agentId!: string;
  @TextField({ optional: true, ...DATE, description: 'The day. Defaults to today.' }) date?: string;
}

/** The deliveries of an agent on one day. */
export class OwnDay {
  @TextField(DATE) date!: string;
  /** The organization's time zone, which defines when the day begins. */
  @TextField({ max: 64 }) zone!: string;
  @ObjectListField(() => Stop, {
    maxItems: 500,
    description:
      'The deliveries of the day, in the order that meets the most windows with the least driving. Today also includes overdue deliveries.',
  })
  stops!: Stop[];
  @IntegerField({ min: 0, description: 'Number of deliveries of this day that are already delivered.' })
  delivered!: number;
  @IntegerField({ min: 0, description: 'Number of deliveries of this day that already failed.' }) failed!: number;
}

/** A status that the agent reports, with the proof of delivery or the reason of failure. */
export class StatusReportInput {
  @ChoiceField(REPORTED_STATUSES) status!: ReportedStatus;
  @ChoiceField(FAILURE_REASONS, {
    optional: true,
    description: 'Why the delivery failed. Required with `failed` and not allowed otherwise.',
  })
  reason?: FailureReason;
  @TextField({ optional: true, max: 500, description: 'Proof of delivery: who took the parcel or where it was left.' })
  note?: string;
  @ChoiceField(SAFE_PLACES, {
    optional: true,
    description: 'Where the parcel was left. Allowed with `delivered` only.',
  })
  safePlaceUsed?: (typeof SAFE_PLACES)[number];
  @PositionField({ optional: true, description: 'The position of the agent.' }) position?: [number, number];
  @InstantField({ optional: true, description: 'When it happened, for a report that is sent later. Defaults to now.' })
  at?: string;
}

export class ReportStatusRequest {
  @IdField() agentId!: string;
  @IdField() deliveryId!: string;
  @ObjectField(() => StatusReportInput) report!: StatusReportInput;
}

/** A problem that the agent reports. */
export class ProblemReportInput {
  @ChoiceField(PROBLEM_KINDS) kind!: ProblemKind;
  @TextField({ max: 1000 }) text!: string;
  @PositionField({ optional: true }) position?: [number, number];
}

export class ReportProblemRequest {
  @IdField() agentId!: string;
  @IdField() deliveryId!: string;
  @ObjectField(() => ProblemReportInput) problem!: ProblemReportInput;
}

/** A reported problem as stored. */
export class ReportedProblem extends ProblemReportInput {
  @IdField() problemId!: string;
  @IdField() deliveryId!: string;
  @InstantField() reportedAt!: string;
}

/** Why an agent declines an offered delivery. */
export const DECLINE_REASONS = ['too_far', 'no_time', 'too_heavy', 'vehicle', 'unwell', 'other'] as const;
export type DeclineReason = (typeof DECLINE_REASONS)[number];

/** The reason for declining an offered delivery. */
export class DeclineInput {
  @ChoiceField(DECLINE_REASONS) reason!: DeclineReason;
  @TextField({ optional: true, max: 200 }) note?: string;
}

export class DeclineDeliveryRequest {
  @IdField() agentId!: string;
  @IdField() deliveryId!: string;
  @ObjectField(() => DeclineInput) decline!: DeclineInput;
}

/** A delivery that the agent declined. It will not be offered to them again. */
export class DeclinedDelivery {
  @IdField() deliveryId!: string;
}

/** Fields of every event about what an agent did with a delivery or found at the door. */
export class AgentFact extends DeliveryFact {
  @IdField() agentId!: string;
  @PositionField({ optional: true }) position?: [number, number];
}

export class DeliveryDeliveredPayload extends AgentFact {
  @TextField({ optional: true, max: 500 }) note?: string;
  @ChoiceField(SAFE_PLACES, { optional: true }) safePlaceUsed?: (typeof SAFE_PLACES)[number];
}

export class DeliveryFailedPayload extends AgentFact {
  @ChoiceField(FAILURE_REASONS) reason!: FailureReason;
  @TextField({ optional: true, max: 500 }) note?: string;
}

export class DeliveryProblemPayload extends AgentFact {
  @IdField() problemId!: string;
  @ChoiceField(PROBLEM_KINDS) problemKind!: ProblemKind;
  @TextField({ max: 1000 }) text!: string;
}

export const GetAgentDayRpc = defineQuery({
  subject: 'rpc.routing.agent.get-day.v1',
  request: GetAgentDayRequest,
  reply: OwnDay,
  callers: ['gateway'],
  summary: 'Returns the deliveries of an agent on a day, in order.',
});
export const ReportStatusRpc = defineCommand({
  subject: 'rpc.routing.delivery.report-status.v1',
  request: ReportStatusRequest,
  reply: Delivery,
  errors: ['delivery_over', 'status_not_possible'],
  callers: ['gateway'],
  summary: 'Reports that the assigned agent is out for delivery, delivered, or failed to deliver.',
});
export const DeclineDeliveryRpc = defineCommand({
  subject: 'rpc.routing.delivery.decline.v1',
  request: DeclineDeliveryRequest,
  reply: DeclinedDelivery,
  errors: ['decline_not_possible'],
  callers: ['gateway'],
  summary: 'Declines a delivery on behalf of its agent. It goes to another agent.',
});
export const ReportProblemRpc = defineCommand({
  subject: 'rpc.routing.delivery.report-problem.v1',
  request: ReportProblemRequest,
  reply: ReportedProblem,
  callers: ['gateway'],
  summary: 'Reports a problem of the assigned agent. Dispatchers see it at once.',
});

export const DeliveryOutForDelivery = defineEvent({
  subject: 'routing.delivery.set-out.v1',
  payload: AgentFact,
  consumers: ['notifications', 'analytics', 'gateway'],
  summary: 'A delivery is out for delivery.',
});
export const DeliveryDelivered = defineEvent({
  subject: 'routing.delivery.delivered.v1',
  payload: DeliveryDeliveredPayload,
  consumers: ['notifications', 'analytics', 'gateway'],
  summary: 'A delivery was delivered.',
});
export const DeliveryFailed = defineEvent({
  subject: 'routing.delivery.failed.v1',
  payload: DeliveryFailedPayload,
  consumers: ['notifications', 'analytics', 'gateway'],
  summary: 'A delivery could not be handed over. It waits for another window or for its cancellation.',
});
export const DeliveryProblemReported = defineEvent({
  subject: 'routing.delivery.problem-reported.v1',
  payload: DeliveryProblemPayload,
  consumers: ['analytics', 'gateway'],
  summary: 'The agent reported a problem with a delivery.',
});
