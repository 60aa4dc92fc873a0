import { joinFacts, toStateAndOutcome, NO_FACTS, PROGRESS_BY_STATUS } from './facts.js';
import type { Call, CallEffect, CallEvent, CallFacts, CarrierEnd, CarrierStatusEvent } from './types.js';

/** Creates a call attempt, which is stored before it is dialed. */
export const createCall = (): Call => ({ facts: NO_FACTS, state: 'intended', outcome: null });

/** The result of {@link applyCallEvent}. */
export interface AppliedCallEvent {
  readonly call: Call;
  /** False if the event added no fact, so that nothing needs to be stored or published. */
  readonly changed: boolean;
  /** The effects of this event, to be published. */
  readonly effects: readonly CallEffect[];
}

/**
 * Adds the facts of an event to a call.
 *
 * The resulting call depends only on the set of events, not on their order or repetition. The effects are those of this
 * step, so `ended` occurs once, in any order.
 */
export function applyCallEvent(call: Call, event: CallEvent): AppliedCallEvent {
  // A call stored by an earlier version lacks facts that were added later.
  const knownFacts = { ...NO_FACTS, ...call.facts };
  const facts = joinFacts(knownFacts, { ...NO_FACTS, ...toFacts(event) });
  const changed = (Object.keys(facts) as (keyof CallFacts)[]).some((key) => facts[key] !== knownFacts[key]);
  const after: Call = changed ? { facts, ...toStateAndOutcome(facts) } : call;
  return { call: after, changed, effects: toEffects(call, after, event) };
}

/** Applies a status report of the carrier; see {@link applyCallEvent}. */
export const applyCarrierStatus = (call: Call, event: Omit<CarrierStatusEvent, 'kind'>): AppliedCallEvent =>
  applyCallEvent(call, { kind: 'carrier_status', ...event });

function toFacts(event: CallEvent): Partial<CallFacts> {
  switch (event.kind) {
    case 'dialing':
      return { progress: 'dialing' };
    case 'create_timed_out':
      return { progress: 'unknown' };
    case 'create_accepted':
      return { progress: 'placed', carrierCallId: event.carrierCallId };
    case 'judged_not_placed':
      return { judgedNotPlaced: true };
    case 'answered_by':
      return { answeredBy: event.answeredBy };
    case 'conversation_ended':
      return { ending: event.ending, firstQuestion: event.firstQuestion ?? null };
    case 'interrupted':
      return { interrupted: true };
    case 'carrier_status':
      return toStatusFacts(event);
  }
}

function toStatusFacts(event: CarrierStatusEvent): Partial<CallFacts> {
  const at = event.occurredAt.toISOString();
  const end = toCarrierEnd(event);
  return {
    progress: PROGRESS_BY_STATUS[event.status],
    carrierCallId: event.carrierCallId,
    carrierEnd: end,
    endReported: end !== null && event.isAsked !== true,
    interrupted: event.isFaulty === true,
    answeredBy: event.answeredBy ?? null,
    durationSeconds: event.durationSeconds ?? null,
    sipResponseCode: event.sipResponseCode ?? null,
    lastSequence: event.sequence ?? null,
    ringingAt: event.status === 'ringing' ? at : null,
    answeredAt: event.status === 'in_progress' ? at : null,
    endedAt: end === null ? null : at,
  };
}

const toCarrierEnd = ({ status }: CarrierStatusEvent): CarrierEnd | null =>
  status === 'queued' || status === 'initiated' || status === 'ringing' || status === 'in_progress' ? null : status;

function toEffects(before: Call, after: Call, event: CallEvent): CallEffect[] {
  const effects: CallEffect[] = [];
  const knownId = before.facts.carrierCallId;
  const reportedId = 'carrierCallId' in event ? event.carrierCallId : null;
  if (reportedId !== null && knownId === null) effects.push({ kind: 'placed', carrierCallId: reportedId });
  if (reportedId !== null && knownId !== null && reportedId !== knownId) {
    effects.push({ kind: 'second_carrier_call', carrierCallId: reportedId });
  }
  if (wasAnswered(after) && !wasAnswered(before)) effects.push({ kind: 'answered' });
  if (after.outcome !== null && before.outcome === null) effects.push({ kind: 'ended', outcome: after.outcome });
  if (after.outcome !== null && before.outcome !== null && after.outcome !== before.outcome) {
    effects.push({ kind: 'outcome_revised', from: before.outcome, to: after.outcome });
  }
  return effects;
}

const wasAnswered = ({ facts }: Call): boolean => facts.progress === 'in_progress';
