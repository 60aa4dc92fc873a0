import type {
  AnsweredBy,
  CallFacts,
  CallOutcome,
  CallState,
  CarrierEnd,
  CarrierStatus,
  ConversationEnding,
  FirstQuestion,
} from './types.js';
import { isEarlyHangUp } from './early-hang-up.js';

/** The facts of a call about which nothing was reported. */
export const NO_FACTS: CallFacts = {
  progress: 'intended',
  carrierCallId: null,
  carrierEnd: null,
  judgedNotPlaced: false,
  answeredBy: null,
  ending: null,
  firstQuestion: null,
  interrupted: false,
  endReported: false,
  durationSeconds: null,
  sipResponseCode: null,
  lastSequence: null,
  ringingAt: null,
  answeredAt: null,
  endedAt: null,
};

/*
 * Ranks by which contradicting reports are resolved: the later entry of a list takes precedence over the earlier one. A
 * report that the call was completed proves that it was answered. A definite response of the called network (busy, no
 * answer) outranks the carrier's own failure. A cancellation is requested by DelAuto, so anything else that happened in
 * the meantime outranks it.
 */
const PROGRESS_RANKS: readonly CallFacts['progress'][] = [
  'intended',
  'dialing',
  'unknown',
  'placed',
  'ringing',
  'in_progress',
];
const CARRIER_END_RANKS: readonly CarrierEnd[] = ['canceled', 'failed', 'no_answer', 'busy', 'completed'];
const ANSWERED_BY_RANKS: readonly AnsweredBy[] = ['unknown', 'fax', 'machine', 'human'];
const ENDING_RANKS: readonly ConversationEnding[] = ['cut_short', 'message_left', 'finished'];
const FIRST_QUESTION_RANKS: readonly FirstQuestion[] = ['open', 'answered'];

/** The progress of a call that each carrier status proves. */
export const PROGRESS_BY_STATUS: Readonly<Record<CarrierStatus, CallFacts['progress']>> = {
  queued: 'placed',
  initiated: 'placed',
  ringing: 'ringing',
  in_progress: 'in_progress',
  completed: 'in_progress',
  busy: 'placed',
  no_answer: 'ringing',
  failed: 'placed',
  canceled: 'placed',
};

const byRank =
  <T>(ranks: readonly T[]) =>
  (a: T | null, b: T | null): T | null =>
    a === null ? b : b === null || ranks.indexOf(a) >= ranks.indexOf(b) ? a : b;

const toMin = <T extends string | number>(a: T | null, b: T | null): T | null =>
  a === null ? b : b === null || a <= b ? a : b;

const toMax = <T extends string | number>(a: T | null, b: T | null): T | null =>
  a === null ? b : b === null || a >= b ? a : b;

const higherProgress = byRank(PROGRESS_RANKS);
const higherCarrierEnd = byRank(CARRIER_END_RANKS);
const higherAnsweredBy = byRank(ANSWERED_BY_RANKS);
const higherEnding = byRank(ENDING_RANKS);
const higherFirstQuestion = byRank(FIRST_QUESTION_RANKS);

/**
 * Combines two sets of facts: the join of a semilattice, each field by its own total order. It is associative,
 * commutative and idempotent, so reports may arrive repeatedly and in any order.
 */
export function joinFacts(a: CallFacts, b: CallFacts): CallFacts {
  return {
    progress: higherProgress(a.progress, b.progress) ?? 'intended',
    carrierCallId: toMin(a.carrierCallId, b.carrierCallId),
    carrierEnd: higherCarrierEnd(a.carrierEnd, b.carrierEnd),
    judgedNotPlaced: a.judgedNotPlaced || b.judgedNotPlaced,
    answeredBy: higherAnsweredBy(a.answeredBy, b.answeredBy),
    ending: higherEnding(a.ending, b.ending),
    firstQuestion: higherFirstQuestion(a.firstQuestion, b.firstQuestion),
    interrupted: a.interrupted || b.interrupted,
    endReported: a.endReported || b.endReported,
    durationSeconds: toMax(a.durationSeconds, b.durationSeconds),
    sipResponseCode: toMax(a.sipResponseCode, b.sipResponseCode),
    lastSequence: toMax(a.lastSequence, b.lastSequence),
    ringingAt: toMin(a.ringingAt, b.ringingAt),
    answeredAt: toMin(a.answeredAt, b.answeredAt),
    endedAt: toMin(a.endedAt, b.endedAt),
  };
}

/** Derives state and outcome from the facts. Further facts never reopen a completed call. */
export function toStateAndOutcome(facts: CallFacts): { state: CallState; outcome: CallOutcome | null } {
  const outcome = toOutcome(facts);
  return outcome ? { state: 'completed', outcome } : { state: facts.progress, outcome: null };
}

function toOutcome(facts: CallFacts): CallOutcome | null {
  const { carrierEnd, judgedNotPlaced, ending, answeredBy } = facts;
  if (carrierEnd === null) return judgedNotPlaced ? 'not_placed' : null;
  if (carrierEnd !== 'completed') return carrierEnd;
  if (ending === 'finished') return 'answered';
  if (ending === 'message_left' || answeredBy === 'machine') return 'voicemail';
  if (ending === 'cut_short') return isEarlyHangUp(facts) ? 'hung_up_early' : 'dropped';
  return answeredBy === 'fax' ? 'failed' : 'answered';
}
