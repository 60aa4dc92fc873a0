import { CallDecisionMade, CallTurnTaken } from '#libs/contracts/index.js';
import { spokenNumber } from '#libs/domain/phone-number/index.js';
import {
  advance,
  conversationEnding,
  startVoiceFlow,
  type Step,
  type VoiceFlowContext,
  type VoiceInput,
} from '#libs/domain/voice-flow/index.js';
import { aggregateEvent, type AggregateEvent } from '#libs/persistence/index.js';
import {
  factOf,
  observe,
  toTurn,
  type CallChange,
  type CallLog,
  type Conversation,
} from '../call-log/call-log.module.js';
import { contextOf } from './conversation-context.js';
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

/** A turn that the carrier asks for. */
export interface Turn {
  readonly step: string;
  readonly input: VoiceInput;
  readonly now: Date;
  /** Where customers reach us, E.164. */
  readonly ownNumber: string;
}

/** The step has its answer: it was answered before, or overtaken. */
export interface RepeatedTurn {
  readonly kind: 'repeated';
  /** What to answer the carrier. */
  readonly document: string;
}

/** A step that is answered for the first time. */
export interface NewTurn {
  readonly kind: 'new';
  readonly step: string;
  /** What came from the customer's side. */
  readonly input: VoiceInput;
  /** What the voice flow makes of it. */
  readonly next: Step;
  /** Of the webhook that the answer will bring. */
  readonly nextStep: string;
}

/**
 * One turn of the conversation. A step that was answered before gets the same answer again and decides nothing; a step
 * that was overtaken (the carrier was redirected meanwhile) gets the latest answer.
 */
export function takeTurn(callLog: CallLog, { step, input: brought, now, ownNumber }: Turn): RepeatedTurn | NewTurn {
  const turns = callLog.conversation?.turns ?? [];
  const repeated = turns.find((turn) => turn.step === step);
  const overtaken = !OUT_OF_TURN.has(step) && step !== String(turns.length);
  const document = (repeated ?? (overtaken ? turns.at(-1) : undefined))?.document;
  if (document !== undefined) return { kind: 'repeated', document };
  const input = inputOf(callLog, step, brought);
  const context = { ...contextOf(callLog, now), callbackNumber: spokenNumber(ownNumber) };
  const next = nextStepOf(callLog.conversation, input, context);
  return { kind: 'new', step, input, next, nextStep: String(turns.length + 1) };
}

/** Whether the customer wants no more calls. */
export const isOptOut = ({ next }: NewTurn): boolean => next.decisions.some(({ kind }) => kind === 'opt_out');

/**
 * Adds a turn to the call.
 * @param document the answer to the carrier: the turn's verbs as it reads them
 */
export function withTurn(callLog: CallLog, { step, input, next }: NewTurn, document: string, now: Date): CallChange {
  const before = callLog.conversation;
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
  return { callLog: told.callLog, changed: true, events: [...events, ...told.events], effects: told.effects };
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
