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
  patternMeaning: 'a date: 2026-03-02',
  example: '2026-03-02',
};

export const REPORTED_STATUSES = ['out_for_delivery', 'delivered', 'failed'] as const;
export type ReportedStatus = (typeof REPORTED_STATUSES)[number];

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

/** When a stop is expected to be reached, by the order of the day and where the agent is. */
export class StopArrival {
  @InstantField() at!: string;
  @InstantField({ description: 'Four times in five it is from then …' }) earliest!: string;
  @InstantField({ description: '… until then.' }) latest!: string;
}

/** One delivery of an agent's day, with all they need at the door. */
export class Stop {
  /** The place in the order of the day, from 1. */
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
    description: 'With an access code’s value on the day itself only.',
  })
  instructions?: Instructions;
  /** The customer's own words. On the day itself only: a code may have been said in them. */
  @TextField({ optional: true, min: 0, max: 10_000 }) transcript?: string;
  @IdField({ optional: true }) recordingId?: string;
}

export class GetOwnDayRequest {
  @IdField() agentId!: string;
  @TextField({ optional: true, ...DATE, description: 'By default today.' }) date?: string;
}

export class OwnDay {
  @TextField(DATE) date!: string;
  /** The zone whose day it is: the organisation's. */
  @TextField({ max: 64 }) zone!: string;
  @ObjectListField(() => Stop, {
    maxItems: 500,
    description:
      'What is to be delivered, in the order that keeps most windows with the least way. Today’s has what is overdue, too.',
  })
  stops!: Stop[];
  @IntegerField({ min: 0, description: 'Delivered already, of this day.' }) delivered!: number;
  @IntegerField({ min: 0, description: 'Failed already, of this day.' }) failed!: number;
}

export class StatusReportInput {
  @ChoiceField(REPORTED_STATUSES) status!: ReportedStatus;
  @ChoiceField(FAILURE_REASONS, { optional: true, description: 'Why it failed; with `failed` only, and always.' })
  reason?: FailureReason;
  @TextField({ optional: true, max: 500, description: 'The proof: who took it, or where it lies.' }) note?: string;
  @ChoiceField(SAFE_PLACES, { optional: true, description: 'Where it was left; with `delivered` only.' })
  safePlaceUsed?: (typeof SAFE_PLACES)[number];
  @PositionField({ optional: true, description: 'Where the agent was.' }) position?: [number, number];
  @InstantField({ optional: true, description: 'When it happened, for a report sent later. By default now.' })
  at?: string;
}

export class ReportStatusRequest {
  @IdField() agentId!: string;
  @IdField() deliveryId!: string;
  @ObjectField(() => StatusReportInput) report!: StatusReportInput;
}

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

export class ReportedProblem extends ProblemReportInput {
  @IdField() problemId!: string;
  @IdField() deliveryId!: string;
  @InstantField() reportedAt!: string;
}

export const DECLINE_REASONS = ['too_far', 'no_time', 'too_heavy', 'vehicle', 'unwell', 'other'] as const;
export type DeclineReason = (typeof DECLINE_REASONS)[number];

export class DeclineInput {
  @ChoiceField(DECLINE_REASONS) reason!: DeclineReason;
  @TextField({ optional: true, max: 200 }) note?: string;
}

export class DeclineDeliveryRequest {
  @IdField() agentId!: string;
  @IdField() deliveryId!: string;
  @ObjectField(() => DeclineInput) decline!: DeclineInput;
}

/** It is theirs no more, and will not be given to them again. */
export class DeclinedDelivery {
  @IdField() deliveryId!: string;
}

/** What an agent did with a delivery, or found. */
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

export const GetOwnDayRpc = defineQuery({
  subject: 'rpc.routing.agent.get-day.v1',
  request: GetOwnDayRequest,
  reply: OwnDay,
  callers: ['gateway'],
  summary: 'What an agent has to deliver on a day, in order.',
});
export const ReportStatusRpc = defineCommand({
  subject: 'rpc.routing.delivery.report-status.v1',
  request: ReportStatusRequest,
  reply: Delivery,
  errors: ['delivery_over', 'status_not_possible'],
  callers: ['gateway'],
  summary: 'The agent who has it set out, handed it over, or could not.',
});
export const DeclineDeliveryRpc = defineCommand({
  subject: 'rpc.routing.delivery.decline.v1',
  request: DeclineDeliveryRequest,
  reply: DeclinedDelivery,
  errors: ['decline_not_possible'],
  callers: ['gateway'],
  summary: 'The agent does not take a delivery they were given; it goes to another.',
});
export const ReportProblemRpc = defineCommand({
  subject: 'rpc.routing.delivery.report-problem.v1',
  request: ReportProblemRequest,
  reply: ReportedProblem,
  callers: ['gateway'],
  summary: 'The agent who has it met a problem; dispatchers see it at once.',
});

export const DeliverySetOut = defineEvent({
  subject: 'routing.delivery.set-out.v1',
  payload: AgentFact,
  consumers: ['notifications', 'analytics', 'gateway'],
  summary: 'The agent is on the way with it.',
});
export const DeliveryDelivered = defineEvent({
  subject: 'routing.delivery.delivered.v1',
  payload: DeliveryDeliveredPayload,
  consumers: ['notifications', 'analytics', 'gateway'],
  summary: 'It was handed over.',
});
export const DeliveryFailed = defineEvent({
  subject: 'routing.delivery.failed.v1',
  payload: DeliveryFailedPayload,
  consumers: ['notifications', 'analytics', 'gateway'],
  summary: 'It could not be handed over; it waits for another window, or its cancellation.',
});
export const DeliveryProblemReported = defineEvent({
  subject: 'routing.delivery.problem-reported.v1',
  payload: DeliveryProblemPayload,
  consumers: ['analytics', 'gateway'],
  summary: 'The agent met a problem with it.',
});
