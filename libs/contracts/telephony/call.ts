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

/** The least every event about a call says. */
export class CallFact {
  @IdField() attemptId!: string;
  @IdField() deliveryId!: string;
}

export class CallPlacedPayload extends CallFact {
  @IdField() carrierCallId!: string;
}

/** The customer rang us about a delivery: an attempt of its own, and contact if they talk. */
export class CallReceivedPayload extends CallFact {
  /** The attempt they answer so. */
  @IdField() ringBackOf!: string;
  @IdField() customerId!: string;
}

/** The moment of dialling turned out to be one at which the customer may not be rung. Nothing was dialled. */
export class CallRefusedPayload extends CallFact {
  @TextField({ max: 60 }) rule!: string;
  @TextField({ max: 500 }) detail!: string;
  @InstantField({ optional: true }) nextAllowedAt?: string;
}

/** Everything understood so far in a call that goes on; it counts at once. */
export class CallDecisionPayload extends CallFact {
  @ObjectField(() => Instructions) instructions!: Instructions;
}

export class CallCompletedPayload extends CallFact {
  @ChoiceField(CALL_OUTCOMES) outcome!: CallOutcome;
  /** Seconds from answer to hang-up; 0 when nobody answered. */
  @IntegerField({ min: 0 }) durationSeconds!: number;
  /** A recording will follow (`recording.stored`) or be declared missing. */
  @FlagField() recordingExpected!: boolean;
  /** The customer was asked and answered to the end. */
  @FlagField() conversationFinished!: boolean;
  @ObjectField(() => Instructions, { optional: true }) instructions?: Instructions;
  /** The carrier's own code for a failure, e.g. 21211. */
  @TextField({ optional: true, max: 20 }) carrierErrorCode?: string;
  /** The customer rang us: the attempt under way, if there is one, is another. */
  @FlagField({ optional: true }) customerCalled?: boolean;
}

/** A dispatcher steps into a conversation. */
export class CallIntervenedPayload extends CallFact {
  @ChoiceField(CALL_INTERVENTIONS) action!: CallIntervention;
}

/** One exchange of a conversation that goes on, for those who watch it. */
export class CallTurnPayload extends CallFact {
  @ObjectField(() => ConversationTurn) turn!: ConversationTurn;
}

/** Somebody does not want the customer to be rung by this attempt. It may have been answered before that took effect. */
export class CallCancelRequestedPayload extends CallFact {
  @FlagField({ description: 'Nothing was dialled: the attempt is over with this.' }) beforeDialing!: boolean;
}

export const CallCancelRequested = defineEvent({
  subject: 'telephony.call.cancel-requested.v1',
  payload: CallCancelRequestedPayload,
  consumers: ['analytics', 'gateway'],
  summary: 'Somebody asked that an attempt be given up before it is answered.',
});
export const CallIntervened = defineEvent({
  subject: 'telephony.call.intervened.v1',
  payload: CallIntervenedPayload,
  consumers: ['analytics', 'gateway'],
  summary: 'A dispatcher takes a conversation over, or ends it.',
});
export const CallTurnTaken = defineEvent({
  subject: 'telephony.call.turn-taken.v1',
  payload: CallTurnPayload,
  consumers: ['gateway'],
  sealed: true,
  summary: 'What was heard in a call that goes on, and what was said to it.',
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
  summary: 'A customer rings back about a delivery.',
});
export const CallRefused = defineEvent({
  subject: 'telephony.call.refused.v1',
  payload: CallRefusedPayload,
  consumers: ['routing', 'analytics', 'gateway'],
  summary: 'The call was not made because it may not be made now, by which rule.',
});
export const CallAnswered = defineEvent({
  subject: 'telephony.call.answered.v1',
  payload: CallFact,
  consumers: ['analytics', 'gateway'],
  summary: 'Somebody or something picked up.',
});
export const CallDecisionMade = defineEvent({
  subject: 'telephony.call.decision-made.v1',
  payload: CallDecisionPayload,
  consumers: ['routing', 'analytics', 'gateway'],
  sealed: true,
  summary: 'The customer decided something by key or a confident answer.',
});
export const CallCompleted = defineEvent({
  subject: 'telephony.call.completed.v1',
  payload: CallCompletedPayload,
  consumers: ['routing', 'transcription', 'analytics', 'gateway'],
  sealed: true,
  summary: 'The attempt is over, with its outcome.',
});
