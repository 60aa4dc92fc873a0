import { joinFacts, judge, NO_FACTS, PROGRESS_OF } from './facts.js';
import type { Call, CallEffect, CallEvent, CallFacts, CarrierEnd, CarrierStatusEvent } from './types.js';

/** An attempt that was written down and not yet tried. */
export const newCall = (): Call => ({ facts: NO_FACTS, state: 'intended', outcome: null });

export interface AppliedCallEvent {
  readonly call: Call;
  /** False if the event said nothing new: nothing needs to be stored or told. */
  readonly changed: boolean;
  readonly effects: readonly CallEffect[];
}

/**
 * Adds what an event says to what is known of a call. The result depends only on the set of events, never on their
 * order or number; the effects are those of this step, so `ended` comes once in any order.
 */
export function applyCallEvent(call: Call, event: CallEvent): AppliedCallEvent {
  // A call stored by an earlier version lacks the newer facts.
  const known = { ...NO_FACTS, ...call.facts };
  const facts = joinFacts(known, { ...NO_FACTS, ...factsOf(event) });
  const changed = (Object.keys(facts) as (keyof CallFacts)[]).some((key) => facts[key] !== known[key]);
  const after: Call = changed ? { facts, ...judge(facts) } : call;
  return { call: after, changed, effects: effectsOf(call, after, event) };
}

/** `applyCallEvent` for a report of the carrier. */
export const applyCarrierStatus = (call: Call, event: Omit<CarrierStatusEvent, 'kind'>): AppliedCallEvent =>
  applyCallEvent(call, { kind: 'carrier_status', ...event });

function factsOf(event: CallEvent): Partial<CallFacts> {
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
      return factsOfStatus(event);
  }
}

function factsOfStatus(event: CarrierStatusEvent): Partial<CallFacts> {
  const at = event.occurredAt.toISOString();
  const end = carrierEndOf(event);
  return {
    progress: PROGRESS_OF[event.status],
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

const carrierEndOf = ({ status }: CarrierStatusEvent): CarrierEnd | null =>
  status === 'queued' || status === 'initiated' || status === 'ringing' || status === 'in_progress' ? null : status;

function effectsOf(before: Call, after: Call, event: CallEvent): CallEffect[] {
  const effects: CallEffect[] = [];
  const known = before.facts.carrierCallId;
  const reported = 'carrierCallId' in event ? event.carrierCallId : null;
  if (reported !== null && known === null) effects.push({ kind: 'placed', carrierCallId: reported });
  if (reported !== null && known !== null && reported !== known) {
    effects.push({ kind: 'second_carrier_call', carrierCallId: reported });
  }
  if (wasAnswered(after) && !wasAnswered(before)) effects.push({ kind: 'answered' });
  if (after.outcome !== null && before.outcome === null) effects.push({ kind: 'ended', outcome: after.outcome });
  if (after.outcome !== null && before.outcome !== null && after.outcome !== before.outcome) {
    effects.push({ kind: 'outcome_revised', from: before.outcome, to: after.outcome });
  }
  return effects;
}

const wasAnswered = ({ facts }: Call): boolean => facts.progress === 'in_progress';
