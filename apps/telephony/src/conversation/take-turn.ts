import { CallDecisionMade, CallTurnTaken, type LegalBasis } from '#libs/contracts/index.js';
import type { FirstQuestion } from '#libs/domain/call-lifecycle/index.js';
import { spokenNumber } from '#libs/domain/phone-number/index.js';
import {
  advance,
  conversationEnding,
  isFirstQuestionOpen,
  startVoiceFlow,
  type Step,
  type Verb,
  type VoiceFlowContext,
  type VoiceInput,
} from '#libs/domain/voice-flow/index.js';
import { aggregateEvent, type AggregateEvent } from '#libs/persistence/index.js';
import {
  type CallChange,
  type CallLog,
  conclude,
  type Conversation,
  observe,
  toTurn,
} from '../call-log/call-log.module.js';
import { instructionsOf } from './instructions-of.js';
import { heardOf, saidBy } from './spoken.js';

/** The step of the webhook that begins a conversation. */
export const FIRST_STEP = 'start';
/** The step of the turn that speaks to an answering machine after its beep. */
export const BEEP_STEP = 'beep';
/** The step at which a dispatcher takes the conversation over. */
export const TAKEOVER_STEP = 'takeover';

/** Steps the carrier comes to not by the turn before. */
const OUT_OF_TURN: ReadonlySet<string> = new Set([FIRST_STEP, BEEP_STEP, TAKEOVER_STEP]);

/**
 * How long a call may last on its legal basis: as a notice about a delivery voice is limited to a minute (47 CFR
 * 64.1200(a)(9)(i)), with consent only by what a conversation needs.
 */
const MAX_CALL_SECONDS = { delivery_notice: 60, consent: 240 } as const satisfies Record<LegalBasis, number>;

export interface Turn {
  readonly step: string;
  readonly input: VoiceInput;
  readonly now: Date;
  /** Where customers reach us, E.164. */
  readonly ownNumber: string;
  /** The verbs as the carrier's call document; `nextStep` is that of the webhook it will bring. */
  readonly render: (verbs: readonly Verb[], nextStep: string) => string;
}

export interface TurnResult extends CallChange {
  /** What to answer the carrier. */
  readonly document: string;
  /** The customer wants no more calls. */
  readonly optedOut: boolean;
}

/**
 * One turn of the conversation. A step that was answered before gets the same answer again and decides nothing; a step
 * that was overtaken (the carrier was redirected meanwhile) gets the latest answer.
 */
export function takeTurn(callLog: CallLog, turn: Turn): TurnResult {
  const turns = callLog.conversation?.turns ?? [];
  const repeated = turns.find(({ step }) => step === turn.step);
  const overtaken = !OUT_OF_TURN.has(turn.step) && turn.step !== String(turns.length);
  const document = (repeated ?? (overtaken ? turns.at(-1) : undefined))?.document;
  if (document !== undefined) {
    return { callLog, changed: false, events: [], effects: [], document, optedOut: false };
  }
  return answer(callLog, turn);
}

function answer(callLog: CallLog, { step, input: brought, now, ownNumber, render }: Turn): TurnResult {
  const input = inputOf(callLog, step, brought);
  const context = { ...contextOf(callLog, now), callbackNumber: spokenNumber(ownNumber) };
  const before = callLog.conversation;
  const next = nextStepOf(before, input, context);
  const document = render(next.verbs, String((before?.turns.length ?? 0) + 1));
  const taken = {
    ...{ step, document, at: now },
    ...{ heard: heardOf(input, before?.flow.step === 'code'), said: saidBy(next.verbs) },
  };
  const conversation = converse(before, next, taken);
  const decided = JSON.stringify(conversation.instructions) !== JSON.stringify(before?.instructions);
  const events: AggregateEvent[] = [aggregateEvent(CallTurnTaken, { ...factOf(callLog), turn: toTurn(taken) }, now)];
  if (decided && conversation.instructions) {
    const { instructions } = conversation;
    events.push(aggregateEvent(CallDecisionMade, { ...factOf(callLog), instructions }, now));
  }
  const told = end({ ...callLog, conversation }, now);
  return {
    callLog: told.callLog,
    changed: true,
    events: [...events, ...told.events],
    effects: told.effects,
    document,
    optedOut: next.decisions.some(({ kind }) => kind === 'opt_out'),
  };
}

/** Where a dispatcher takes over the carrier brings no answer of the customer. */
function inputOf({ request }: CallLog, step: string, brought: VoiceInput): VoiceInput {
  if (step !== TAKEOVER_STEP || brought.kind === 'hung_up' || request.transferNumber === undefined) return brought;
  return { kind: 'taken_over', number: request.transferNumber };
}

function nextStepOf(before: Conversation | undefined, input: VoiceInput, context: VoiceFlowContext): Step {
  if (before) return advance(before.flow, input, context);
  const start = startVoiceFlow(context);
  const isPlainStart = input.kind === 'call_answered' && input.answeredBy !== 'machine' && input.answeredBy !== 'fax';
  return isPlainStart ? start : advance(start.state, input, context);
}

function converse(
  before: Conversation | undefined,
  { state, verbs, decisions }: Step,
  turn: Conversation['turns'][number],
): Conversation {
  const step = before?.flow.step ?? 'consent';
  const made = [...(before?.decisions ?? []), ...decisions.map((decision) => ({ step, decision }))];
  const instructions = instructionsOf(made);
  return {
    flow: state,
    turns: [...(before?.turns ?? []), turn],
    decisions: made,
    ...(instructions ? { instructions } : {}),
    recordingStarted: before?.recordingStarted === true || verbs.some(({ kind }) => kind === 'startRecording'),
  };
}

/** Tells the call's life how the conversation ended, once it has. */
function end(callLog: CallLog, now: Date): CallChange {
  const ending = callLog.conversation ? conversationEnding(callLog.conversation.flow) : null;
  if (!ending || callLog.call.facts.ending === ending) {
    return { callLog, changed: false, events: [], effects: [] };
  }
  return observe(callLog, { kind: 'conversation_ended', ending }, now);
}

/** Completes a call that is over at the carrier while the conversation was not: the customer hung up, or the line broke. */
export function breakOff(callLog: CallLog, now: Date): CallChange {
  const flow = callLog.conversation?.flow;
  const hungUp = flow && advance(flow, { kind: 'hung_up' }, contextOf(callLog, now));
  const ending = hungUp ? conversationEnding(hungUp.state) : null;
  return conclude(callLog, ending ?? 'cut_short', now, firstQuestionOf(callLog, now));
}

/** A customer who rang us did not pick up, and cannot hang up on a question of ours: nothing is claimed about them. */
function firstQuestionOf(callLog: CallLog, now: Date): FirstQuestion | undefined {
  const { conversation, ringBackOf } = callLog;
  if (!conversation || ringBackOf !== undefined) return undefined;
  const isOpen = conversation.decisions.length === 0 && isFirstQuestionOpen(conversation.flow, contextOf(callLog, now));
  return isOpen ? 'open' : 'answered';
}

/**
 * What the call is about. Consent to record is always asked: not every place asks for it, but none forbids it, and where
 * the customer is when the phone rings is a guess.
 */
function contextOf({ request, call, conversation, ringBackOf }: CallLog, now: Date): VoiceFlowContext {
  const { answeredAt } = call.facts;
  return {
    organizationName: request.organizationName,
    customerName: request.customerName,
    parcel: request.parcelDescription,
    planned: intervalOf(request.window),
    zone: request.zone,
    language: request.language,
    recordConsentNeeded: true,
    mayRecord: request.mayRecord,
    pauseForCodes: request.pauseForCodes,
    isRecorded: conversation?.recordingStarted,
    transferNumber: request.transferNumber,
    offeredSlots: request.alternativeWindows.map((window, index) => ({
      id: `slot-${index + 1}`,
      window: intervalOf(window),
    })),
    now,
    // Who rings us has asked for the call.
    maxCallSeconds: MAX_CALL_SECONDS[ringBackOf === undefined ? request.legalBasis : 'consent'],
    customerCalled: ringBackOf !== undefined,
    elapsedSeconds: answeredAt === null ? 0 : Math.max(0, (now.getTime() - Date.parse(answeredAt)) / 1000),
  };
}

const intervalOf = ({ start, end: until }: { start: string; end: string }): { start: Date; end: Date } => ({
  start: new Date(start),
  end: new Date(until),
});

const factOf = ({ _id, deliveryId }: CallLog): { attemptId: string; deliveryId: string } => ({
  attemptId: _id,
  deliveryId,
});
