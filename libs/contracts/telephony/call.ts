import {
  CALL_INTERVENTIONS,
  CALL_OUTCOMES,
  type CallIntervention,
  type CallOutcome,
} from '#libs/domain/call-lifecycle/call.values.js';
import {
  ChoiceField,
  FlagField,
  IdField,
  InstantField,
  IntegerField,
  ObjectField,
  TextField,
} from '../fields/index.js';
import { defineEvent } from '../kernel/index.js';
import { Instructions } from '../values/index.js';
import { ConversationTurn } from './conversation-turn.js';

export { CALL_INTERVENTIONS, CALL_OUTCOMES, type CallIntervention, type CallOutcome };

/** Fields of every event about a call. */
export class CallFact {
  @IdField() attemptId!: string;
  @IdField() deliveryId!: string;
}

export class CallPlacedPayload extends CallFact {
  @IdField() carrierCallId!: string;
}

/** An inbound callback about a delivery. It is a separate attempt, and the customer is reached if they talk. */
export class CallReceivedPayload extends CallFact {
  /** The attempt that the customer calls back about. */
  @IdField() ringBackOf!: string;
  @IdField() customerId!: string;
}

/** The call was not permitted when it was about to be dialed. Nothing was dialed. */
export class CallRefusedPayload extends CallFact {
  @TextField({ max: 60 }) rule!: string;
  @TextField({ max: 500 }) detail!: string;
  @InstantField({ optional: true }) nextAllowedAt?: string;
}

/** The instructions so far in a call that is still in progress. They apply at once. */
export class CallDecisionPayload extends CallFact {
  @ObjectField(() => Instructions) instructions!: Instructions;
}

export class CallCompletedPayload extends CallFact {
  @ChoiceField(CALL_OUTCOMES) outcome!: CallOutcome;
  /** Seconds from answer to hang-up. 0 if the call was not answered. */
  @IntegerField({ min: 0 }) durationSeconds!: number;
  /** True if the recording will be reported as stored (`recording.stored`) or as missing. */
  @FlagField() recordingExpected!: boolean;
  /** True if the customer answered until the end of the conversation. */
  @FlagField() conversationFinished!: boolean;
  @ObjectField(() => Instructions, { optional: true }) instructions?: Instructions;
  /** The carrier's error code, for example 21211. */
  @TextField({ optional: true, max: 20 }) carrierErrorCode?: string;
  /** True for an inbound callback. An outbound attempt in progress, if any, is a separate one. */
  @FlagField({ optional: true }) customerCalled?: boolean;
}

/** A dispatcher intervened in a conversation. */
export class CallIntervenedPayload extends CallFact {
  @ChoiceField(CALL_INTERVENTIONS) action!: CallIntervention;
}

/** One turn of a conversation in progress, for dispatchers who watch it. */
export class CallTurnPayload extends CallFact {
  @ObjectField(() => ConversationTurn) turn!: ConversationTurn;
}

/** A request to cancel an attempt. The customer may answer before the cancellation takes effect. */
export class CallCancelRequestedPayload extends CallFact {
  @FlagField({ description: 'True if nothing was dialed. The attempt is then over.' }) beforeDialing!: boolean;
}

export const CallCancelRequested = defineEvent({
  subject: 'telephony.call.cancel-requested.v1',
  payload: CallCancelRequestedPayload,
  consumers: ['analytics', 'gateway'],
  summary: 'The cancellation of an attempt before it is answered was requested.',
});
export const CallIntervened = defineEvent({
  subject: 'telephony.call.intervened.v1',
  payload: CallIntervenedPayload,
  consumers: ['analytics', 'gateway'],
  summary: 'A dispatcher took over or ended a conversation.',
});
export const CallTurnTaken = defineEvent({
  subject: 'telephony.call.turn-taken.v1',
  payload: CallTurnPayload,
  consumers: ['gateway'],
  sealed: true,
  summary: 'A turn of a call in progress was completed: what was heard and what was said in reply.',
});
export const CallPlaced = defineEvent({
  subject: 'telephony.call.placed.v1',
  payload: CallPlacedPayload,
  consumers: ['analytics', 'gateway'],
  summary: 'The carrier accepted the call.',
});
export const CallReceived = defineEvent({
  subject: 'telephony.call.received.v1',
  payload: CallReceivedPayload,
  consumers: ['transcription', 'analytics', 'gateway'],
  summary: 'A customer called back about a delivery.',
});
export const CallRefused = defineEvent({
  subject: 'telephony.call.refused.v1',
  payload: CallRefusedPayload,
  consumers: ['routing', 'analytics', 'gateway'],
  summary: 'A call was not placed because the given rule forbids it now.',
});
export const CallAnswered = defineEvent({
  subject: 'telephony.call.answered.v1',
  payload: CallFact,
  consumers: ['analytics', 'gateway'],
  summary: 'A call was answered, by a person or a machine.',
});
export const CallDecisionMade = defineEvent({
  subject: 'telephony.call.decision-made.v1',
  payload: CallDecisionPayload,
  consumers: ['routing', 'analytics', 'gateway'],
  sealed: true,
  summary: 'The customer made a decision with a key or a confident answer.',
});
export const CallCompleted = defineEvent({
  subject: 'telephony.call.completed.v1',
  payload: CallCompletedPayload,
  consumers: ['routing', 'transcription', 'analytics', 'gateway'],
  sealed: true,
  summary: 'An attempt ended with the given outcome.',
});
