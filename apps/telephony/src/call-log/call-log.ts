import {
  CallAnswered,
  CallCancelRequested,
  CallCompleted,
  CallPlaced,
  CallRefused,
  type CallOutcome,
  type CallRequestedPayload,
} from '#libs/contracts/index.js';
import {
  applyCallEvent,
  createCall,
  type Call,
  type CallEffect,
  type CallEvent,
  type ConversationEnding,
  type FirstQuestion,
} from '#libs/domain/call-lifecycle/index.js';
import { joinFacts, toStateAndOutcome, NO_FACTS } from '#libs/domain/call-lifecycle/facts.js';
import type { Decision, VoiceFlowState, VoiceFlowStep } from '#libs/domain/voice-flow/index.js';
import { createAggregateEvent, type AggregateEvent, type NewAggregate } from '#libs/persistence/index.js';
import type {
  CallLogDocument,
  StoredConversation,
  StoredRefusal,
} from '#libs/persistence/schemas/telephony/call-logs.js';

/** The stored record of an attempt, in which `call` and `conversation` have the types of `libs/domain`. */
export type CallLog = Omit<CallLogDocument, 'call' | 'conversation'> & {
  call: Call;
  conversation?: Conversation;
};
/** The stored conversation, in which the voice flow and its decisions have the types of `libs/domain`. */
export type Conversation = Omit<StoredConversation, 'flow' | 'decisions'> & {
  readonly flow: VoiceFlowState;
  readonly decisions: readonly StepDecision[];
};

/** A decision, with the step of the voice flow whose question it answers. */
export interface StepDecision {
  readonly step: VoiceFlowStep;
  readonly decision: Decision;
}

/** A change of a call log: the new state, the events to publish and the effects to apply. */
export interface CallChange {
  readonly callLog: CallLog;
  readonly changed: boolean;
  readonly events: readonly AggregateEvent[];
  readonly effects: readonly CallEffect[];
}

export function newCallLog(request: CallRequestedPayload, now: Date): NewAggregate<CallLog> {
  return {
    _id: request.attemptId,
    deliveryId: request.deliveryId,
    phone: request.phone,
    request,
    call: createCall(),
    fruitlessTries: 0,
    acceptedAt: now,
  };
}

const unchanged = (callLog: CallLog): CallChange => ({ callLog, changed: false, events: [], effects: [] });

/** The ids that every event of an attempt carries. */
export const toEventIds = ({ _id, deliveryId }: CallLog): { attemptId: string; deliveryId: string } => ({
  attemptId: _id,
  deliveryId,
});

/** Closes an attempt that may not be dialed. */
export function refuse(callLog: CallLog, refusal: StoredRefusal, now: Date): CallChange {
  if (callLog.closedAt) return unchanged(callLog);
  const { rule, detail, nextAllowedAt } = refusal;
  const event = createAggregateEvent(
    CallRefused,
    { ...toEventIds(callLog), rule, detail, ...(nextAllowedAt ? { nextAllowedAt: nextAllowedAt.toISOString() } : {}) },
    now,
  );
  return { callLog: { ...callLog, refusal, closedAt: now }, changed: true, events: [event], effects: [] };
}

/** Marks that the create request is about to be sent. The number stays reserved until the end of the call is known. */
export function startDialing(callLog: CallLog, now: Date): CallLog {
  const { call } = applyCallEvent(callLog.call, { kind: 'dialing' });
  return { ...callLog, call, openNumber: callLog.phone, dialedAt: now };
}

/** Resets an attempt whose create request certainly created no call. */
export function undoDialing(callLog: CallLog): CallLog {
  const { openNumber: _openNumber, dialedAt: _dialedAt, ...otherFields } = callLog;
  return { ...otherFields, call: createCall(), fruitlessTries: callLog.fruitlessTries + 1 };
}

/**
 * Applies a report about the call. Reports may arrive in any order and more than once; each event is published once. An
 * answered call that ended before its conversation did is not completed here, because the webhook with its last turn
 * may still arrive.
 */
export function applyReport(callLog: CallLog, report: CallEvent, now: Date): CallChange {
  const { call, changed, effects } = applyCallEvent(callLog.call, report);
  if (!changed) return { ...unchanged(callLog), effects };
  const after = syncIndexedFields({ ...callLog, call });
  const events: AggregateEvent[] = [];
  for (const effect of effects) {
    // An inbound callback is placed by the customer and answered by DelAuto.
    if (after.ringBackOf !== undefined) break;
    if (effect.kind === 'placed') {
      events.push(createAggregateEvent(CallPlaced, { ...toEventIds(after), carrierCallId: effect.carrierCallId }, now));
    }
    if (effect.kind === 'answered') events.push(createAggregateEvent(CallAnswered, toEventIds(after), now));
  }
  const completion =
    call.outcome !== null && !isBrokenOff(after) ? completeCall(after, call.outcome, now) : unchanged(after);
  return { callLog: completion.callLog, changed: true, events: [...events, ...completion.events], effects };
}

/**
 * Closes an attempt without waiting for a report: the carrier refused to create the call, received no create request,
 * does not know the call, or stayed unavailable.
 */
export function closeWithoutReport(
  callLog: CallLog,
  end: 'failed' | 'no_answer' | 'canceled',
  now: Date,
  carrierErrorCode?: string,
): CallChange {
  const facts = joinFacts(callLog.call.facts, { ...NO_FACTS, carrierEnd: end, endedAt: now.toISOString() });
  const call: Call = { facts, ...toStateAndOutcome(facts) };
  const after = syncIndexedFields({
    ...callLog,
    call,
    ...(carrierErrorCode === undefined ? {} : { carrierErrorCode }),
  });
  return completeCall(after, call.outcome ?? end, now);
}

/**
 * Requests the cancellation of an attempt that `judgeCancel` permits. An attempt that was not dialed is closed at once.
 * A dialed attempt stays open until the carrier reports the end of its call, because the customer may answer at the
 * same moment.
 */
export function cancel(callLog: CallLog, now: Date): CallChange {
  const beforeDialing = callLog.call.state === 'intended';
  const requestedEvent = createAggregateEvent(CallCancelRequested, { ...toEventIds(callLog), beforeDialing }, now);
  const markedCallLog: CallLog = { ...callLog, cancelRequestedAt: now };
  const after = beforeDialing ? closeWithoutReport(markedCallLog, 'canceled', now) : unchanged(markedCallLog);
  return { ...after, changed: true, events: [requestedEvent, ...after.events] };
}

/** Whether the carrier reported the end of an answered call whose conversation had not ended. */
export function isBrokenOff({ call, closedAt }: CallLog): boolean {
  return call.facts.carrierEnd === 'completed' && call.facts.ending === null && closedAt === undefined;
}

/**
 * Completes a call that ended before its conversation did.
 * @param ending how the conversation ended
 * @param firstQuestion whether the customer answered the first question; absent if it was not asked
 */
export function conclude(
  callLog: CallLog,
  ending: ConversationEnding,
  now: Date,
  firstQuestion?: FirstQuestion,
): CallChange {
  if (!isBrokenOff(callLog)) return unchanged(callLog);
  return applyReport(callLog, { kind: 'conversation_ended', ending, firstQuestion }, now);
}

/** Whether the call was answered and the line is still open. */
export const isInConversation = ({ call, closedAt, carrierCallId }: CallLog): boolean =>
  closedAt === undefined &&
  carrierCallId !== undefined &&
  call.facts.progress === 'in_progress' &&
  call.facts.carrierEnd === null;

/** Whether the conversation is asking for an access code, so that the recording must be paused. */
export const isAskingForCode = ({ conversation }: CallLog): boolean => conversation?.flow.step === 'code';

/** Whether the carrier has, or will have, a recording of the call or of a message that the customer left. */
export const expectsRecording = ({ conversation }: CallLog): boolean =>
  conversation?.recordingStarted === true ||
  (conversation?.decisions.some(({ decision }) => decision.kind === 'message_left') ?? false);

function completeCall(callLog: CallLog, outcome: CallOutcome, now: Date): CallChange {
  if (callLog.closedAt) return unchanged(callLog);
  const { call, conversation, carrierErrorCode } = callLog;
  const event = createAggregateEvent(
    CallCompleted,
    {
      ...toEventIds(callLog),
      outcome,
      durationSeconds: call.facts.durationSeconds ?? 0,
      recordingExpected: expectsRecording(callLog),
      conversationFinished: conversation?.decisions.some(({ decision }) => decision.kind === 'completed') ?? false,
      ...(conversation?.instructions ? { instructions: conversation.instructions } : {}),
      ...(carrierErrorCode === undefined ? {} : { carrierErrorCode }),
      ...(callLog.ringBackOf === undefined ? {} : { customerCalled: true }),
    },
    now,
  );
  return { callLog: { ...callLog, closedAt: now }, changed: true, events: [event], effects: [] };
}

/** Updates the indexed fields to match the call. */
function syncIndexedFields(callLog: CallLog): CallLog {
  const { openNumber, ...otherFields } = callLog;
  const carrierCallId = callLog.call.facts.carrierCallId;
  return {
    ...otherFields,
    ...(carrierCallId === null ? {} : { carrierCallId }),
    ...(openNumber !== undefined && callLog.call.outcome === null ? { openNumber } : {}),
  };
}
