import {
  ChoiceField,
  IdField,
  InstantField,
  IntegerField,
  ObjectField,
  ObjectListField,
  TextField,
} from '../fields/index.js';
import { defineCommand, defineQuery } from '../kernel/index.js';
import { Instructions } from '../values/index.js';
import { CALL_OUTCOMES, type CallOutcome } from './call.js';
import { ConversationTurn } from './conversation-turn.js';

/**
 * The state of an attempt. `requested`: not dialed yet. `unknown`: the carrier did not respond, and the attempt is
 * being reconciled. `refused`: not dialed because a rule forbids it. `completed`: ended with an outcome.
 */
export const CALL_STATES = [
  'requested',
  'dialing',
  'unknown',
  'placed',
  'ringing',
  'in_progress',
  'completed',
  'refused',
] as const;
export type CallState = (typeof CALL_STATES)[number];

/** Filter values for attempts: the outcomes, and `refused`. */
export const CALL_RESULTS = [...CALL_OUTCOMES, 'refused'] as const;
export type CallResult = (typeof CALL_RESULTS)[number];

/** Why an attempt was not dialed. */
export class CallRefusal {
  @TextField({ max: 60, description: 'The rule that forbids the call, for example `outside_hours`.' }) rule!: string;
  @TextField({ max: 500 }) detail!: string;
  @InstantField({ optional: true }) nextAllowedAt?: string;
}

/** One attempt to reach a customer. */
export class Call {
  @IdField() attemptId!: string;
  @IdField() deliveryId!: string;
  @IdField() customerId!: string;
  @IntegerField({ min: 1, description: 'Number of the attempt for its delivery, from 1.' }) attempt!: number;
  @ChoiceField(CALL_STATES) state!: CallState;
  @ChoiceField(CALL_OUTCOMES, { optional: true, description: 'How the attempt ended. Present once it is completed.' })
  outcome?: CallOutcome;
  @ObjectField(() => CallRefusal, { optional: true }) refusal?: CallRefusal;
  @InstantField() requestedAt!: string;
  @InstantField({ optional: true }) dialedAt?: string;
  @InstantField({ optional: true }) ringingAt?: string;
  @InstantField({ optional: true }) answeredAt?: string;
  @InstantField({ optional: true, description: 'When the attempt ended.' }) endedAt?: string;
  @InstantField({ optional: true, description: 'When cancellation was requested, before the call was answered.' })
  cancelRequestedAt?: string;
  @IntegerField({ min: 0, optional: true, description: 'Seconds from answer to hang-up.' }) durationSeconds?: number;
  @IdField({ optional: true }) recordingId?: string;
  @IdField({ optional: true, description: 'The carrier’s ID of the call, for the carrier’s support.' })
  carrierCallId?: string;
  @TextField({ optional: true, max: 20, description: 'The carrier’s error code.' })
  carrierErrorCode?: string;
  @IntegerField({ min: 1 }) revision!: number;
}

/** One decision of the customer. */
export class ConversationDecision {
  @TextField({ max: 60 }) kind!: string;
  @TextField({ max: 60, description: 'The question that the decision answers.' }) question!: string;
  @TextField({ optional: true, max: 2000 }) value?: string;
}

/** An attempt with its whole conversation. Access codes are masked, because only the assigned agent may see them. */
export class CallDetails extends Call {
  @ObjectListField(() => ConversationTurn, { maxItems: 200 }) turns!: ConversationTurn[];
  @ObjectListField(() => ConversationDecision, { maxItems: 200 }) decisions!: ConversationDecision[];
  @ObjectField(() => Instructions, { optional: true }) instructions?: Instructions;
}

export class ListCallsRequest {
  @IntegerField({ min: 1, max: 200 }) limit!: number;
  @TextField({ optional: true, max: 300 }) cursor?: string;
  @IdField({ optional: true }) deliveryId?: string;
  @IdField({ optional: true }) customerId?: string;
  @ChoiceField(CALL_RESULTS, { optional: true }) outcome?: CallResult;
  /** Only attempts requested in `[from, to)`. */
  @InstantField({ optional: true }) from?: string;
  @InstantField({ optional: true }) to?: string;
}

export class CallPage {
  @ObjectListField(() => Call, { maxItems: 200 }) items!: Call[];
  @TextField({ optional: true, max: 300 }) nextCursor?: string;
}

export class GetCallRequest {
  @IdField() attemptId!: string;
}

/** Identifies the call that a command acts on. */
export class CallRequest {
  @IdField() attemptId!: string;
  @IntegerField({ optional: true, min: 1 }) expectedRevision?: number;
}

export const ListCallsRpc = defineQuery({
  subject: 'rpc.telephony.call.list.v1',
  request: ListCallsRequest,
  reply: CallPage,
  callers: ['gateway'],
  summary: 'Lists attempts to reach customers in pages, latest request first.',
});

export const GetCallRpc = defineQuery({
  subject: 'rpc.telephony.call.get.v1',
  request: GetCallRequest,
  reply: CallDetails,
  callers: ['gateway'],
  summary: 'Returns an attempt with its conversation.',
});

export const CancelCallRpc = defineCommand({
  subject: 'rpc.telephony.call.cancel.v1',
  request: CallRequest,
  reply: Call,
  errors: ['call_answered', 'call_over'],
  callers: ['gateway'],
  summary: 'Cancels an attempt that is not answered yet. An attempt that is not dialed yet is never dialed.',
});

export const TakeOverCallRpc = defineCommand({
  subject: 'rpc.telephony.call.take-over.v1',
  request: CallRequest,
  reply: Call,
  errors: ['call_not_answered', 'call_over', 'no_dispatcher_phone'],
  callers: ['gateway'],
  summary: 'Connects the customer on the line with the organization’s dispatcher.',
});

export const EndCallRpc = defineCommand({
  subject: 'rpc.telephony.call.end.v1',
  request: CallRequest,
  reply: Call,
  errors: ['call_not_answered', 'call_over'],
  callers: ['gateway'],
  summary: 'Ends a conversation by hanging up. What the customer said until then applies.',
});
