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
 * Where an attempt stands: `requested` is not dialled yet; of `unknown` the carrier gave no answer, and it is being found
 * out; `refused` was not dialled because it may not be; `completed` is over, with an outcome.
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

/** How attempts can be asked for: by how they ended, the refused ones included. */
export const CALL_RESULTS = [...CALL_OUTCOMES, 'refused'] as const;
export type CallResult = (typeof CALL_RESULTS)[number];

/** Why an attempt was not dialled. */
export class CallRefusal {
  @TextField({ max: 60, description: 'The rule that forbids it, e.g. `outside_hours`.' }) rule!: string;
  @TextField({ max: 500 }) detail!: string;
  @InstantField({ optional: true }) nextAllowedAt?: string;
}

/** One attempt to reach a customer. */
export class Call {
  @IdField() attemptId!: string;
  @IdField() deliveryId!: string;
  @IdField() customerId!: string;
  @IntegerField({ min: 1, description: 'The how-manieth attempt for its delivery.' }) attempt!: number;
  @ChoiceField(CALL_STATES) state!: CallState;
  @ChoiceField(CALL_OUTCOMES, { optional: true, description: 'Set once it is completed.' }) outcome?: CallOutcome;
  @ObjectField(() => CallRefusal, { optional: true }) refusal?: CallRefusal;
  @InstantField() requestedAt!: string;
  @InstantField({ optional: true }) dialedAt?: string;
  @InstantField({ optional: true }) ringingAt?: string;
  @InstantField({ optional: true }) answeredAt?: string;
  @InstantField({ optional: true, description: 'When the attempt was closed.' }) endedAt?: string;
  @InstantField({ optional: true, description: 'Somebody asked for its end before it was answered.' })
  cancelRequestedAt?: string;
  @IntegerField({ min: 0, optional: true, description: 'Seconds from answer to hang-up.' }) durationSeconds?: number;
  @IdField({ optional: true }) recordingId?: string;
  @IdField({ optional: true, description: 'The carrier’s id, for its support.' }) carrierCallId?: string;
  @TextField({ optional: true, max: 20, description: 'The carrier’s own code of a failure.' })
  carrierErrorCode?: string;
  @IntegerField({ min: 1 }) revision!: number;
}

/** What the customer decided, in the order in which they did. */
export class ConversationDecision {
  @TextField({ max: 60 }) kind!: string;
  @TextField({ max: 60, description: 'The question it answered.' }) question!: string;
  @TextField({ optional: true, max: 2000 }) value?: string;
}

/** An attempt with its whole conversation. Access codes are masked: only the assigned agent is told them. */
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
  /** Requested in `[from, to)`. */
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

/** Names a call that something is to be done to. */
export class CallRequest {
  @IdField() attemptId!: string;
  @IntegerField({ optional: true, min: 1 }) expectedRevision?: number;
}

export const ListCallsRpc = defineQuery({
  subject: 'rpc.telephony.call.list.v1',
  request: ListCallsRequest,
  reply: CallPage,
  callers: ['gateway'],
  summary: 'Attempts to reach customers, the latest requested first, a page at a time.',
});

export const GetCallRpc = defineQuery({
  subject: 'rpc.telephony.call.get.v1',
  request: GetCallRequest,
  reply: CallDetails,
  callers: ['gateway'],
  summary: 'One attempt with its conversation.',
});

export const CancelCallRpc = defineCommand({
  subject: 'rpc.telephony.call.cancel.v1',
  request: CallRequest,
  reply: Call,
  errors: ['call_answered', 'call_over'],
  callers: ['gateway'],
  summary: 'Ends an attempt that nobody has answered yet; one not dialled yet never will be.',
});

export const TakeOverCallRpc = defineCommand({
  subject: 'rpc.telephony.call.take-over.v1',
  request: CallRequest,
  reply: Call,
  errors: ['call_not_answered', 'call_over', 'no_dispatcher_phone'],
  callers: ['gateway'],
  summary: 'Connects the customer who is on the line with the organisation’s dispatcher.',
});

export const EndCallRpc = defineCommand({
  subject: 'rpc.telephony.call.end.v1',
  request: CallRequest,
  reply: Call,
  errors: ['call_not_answered', 'call_over'],
  callers: ['gateway'],
  summary: 'Hangs up on a conversation; what was said by then counts.',
});
