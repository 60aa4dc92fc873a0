import { CallDecisionMade, CallTurnTaken } from '#libs/contracts/index.js';
import { toSpokenNumber } from '#libs/domain/phone-number/index.js';
import {
  advance,
  getConversationEnding,
  startVoiceFlow,
  type Step,
  type VoiceFlowContext,
  type VoiceInput,
} from '#libs/domain/voice-flow/index.js';
import { createAggregateEvent, type AggregateEvent } from '#libs/persistence/index.js';
import {
  toEventIds,
  applyReport,
  toTurn,
  type CallChange,
  type CallLog,
  type Conversation,
} from '../call-log/call-log.module.js';
import { toVoiceFlowContext } from './conversation-context.js';
import { toInstructions } from './to-instructions.js';
import { toStoredHeard, toSentences } from './stored-utterances.js';

/** Step of the webhook that starts a conversation. */
export const FIRST_STEP = 'start';
/** Step of the turn that leaves a message after the beep of an answering machine. */
export const BEEP_STEP = 'beep';
/** Step at which a dispatcher takes over the conversation. */
export const TAKEOVER_STEP = 'takeover';

/** Steps that the carrier reaches by a redirect or a new call, not from the previous turn. */
const OUT_OF_TURN_STEPS: ReadonlySet<string> = new Set([FIRST_STEP, BEEP_STEP, TAKEOVER_STEP]);

/** A turn as requested by the carrier. */
export interface Turn {
  readonly step: string;
  readonly input: VoiceInput;
  readonly now: Date;
  /** DelAuto's phone number, which customers call back, E.164. */
  readonly ownNumber: string;
  /** Loads the model that reads the customer's words. */
  readonly loadReader: VoiceFlowContext['loadReader'];
}

/** A turn whose step got its voice document before, or is outdated. */
export interface RepeatedTurn {
  readonly kind: 'repeated';
  /** The voice document to return to the carrier. */
  readonly document: string;
}

/** A turn whose step is requested for the first time. */
export interface NewTurn {
  readonly kind: 'new';
  readonly step: string;
  /** The caller input. */
  readonly input: VoiceInput;
  /** The new state of the voice flow, its verbs and its decisions. */
  readonly next: Step;
  /** Step of the webhook that follows this turn. */
  readonly nextStep: string;
}

/**
 * Takes one turn of the conversation. A repeated step gets the same voice document and makes no decision. An outdated
 * step (the carrier was redirected in the meantime) gets the latest voice document.
 */
export function takeTurn(
  callLog: CallLog,
  { step, input: receivedInput, now, ownNumber, loadReader }: Turn,
): RepeatedTurn | NewTurn {
  const turns = callLog.conversation?.turns ?? [];
  const repeated = turns.find((turn) => turn.step === step);
  const isOutdated = !OUT_OF_TURN_STEPS.has(step) && step !== String(turns.length);
  const document = (repeated ?? (isOutdated ? turns.at(-1) : undefined))?.document;
  if (document !== undefined) return { kind: 'repeated', document };
  const input = toInput(callLog, step, receivedInput);
  const context = { ...toVoiceFlowContext(callLog, now, loadReader), callbackNumber: toSpokenNumber(ownNumber) };
  const next = advanceConversation(callLog.conversation, input, context);
  return { kind: 'new', step, input, next, nextStep: String(turns.length + 1) };
}

/** Whether the customer opted out in this turn. */
export const isOptOut = ({ next }: NewTurn): boolean => next.decisions.some(({ kind }) => kind === 'opt_out');

/**
 * Adds a turn to the call.
 * @param document the voice document that renders the turn's verbs
 */
export function withTurn(callLog: CallLog, { step, input, next }: NewTurn, document: string, now: Date): CallChange {
  const before = callLog.conversation;
  const storedTurn = {
    step,
    document,
    at: now,
    heard: toStoredHeard(input, before?.flow.step === 'code'),
    said: toSentences(next.verbs),
  };
  const conversation = addTurn(before, next, storedTurn);
  const hasChanged = JSON.stringify(conversation.instructions) !== JSON.stringify(before?.instructions);
  const events: AggregateEvent[] = [
    createAggregateEvent(CallTurnTaken, { ...toEventIds(callLog), turn: toTurn(storedTurn) }, now),
  ];
  if (hasChanged && conversation.instructions) {
    const { instructions } = conversation;
    events.push(createAggregateEvent(CallDecisionMade, { ...toEventIds(callLog), instructions }, now));
  }
  const endingChange = recordEnding({ ...callLog, conversation }, now);
  return {
    callLog: endingChange.callLog,
    changed: true,
    events: [...events, ...endingChange.events],
    effects: endingChange.effects,
  };
}

/** At the takeover step the carrier sends no caller input, so the step itself determines the input. */
function toInput({ request }: CallLog, step: string, receivedInput: VoiceInput): VoiceInput {
  if (step !== TAKEOVER_STEP || receivedInput.kind === 'hung_up' || request.transferNumber === undefined)
    return receivedInput;
  return { kind: 'taken_over', number: request.transferNumber };
}

function advanceConversation(before: Conversation | undefined, input: VoiceInput, context: VoiceFlowContext): Step {
  if (before) return advance(before.flow, input, context);
  const start = startVoiceFlow(context);
  const isPlainStart = input.kind === 'call_answered' && input.answeredBy !== 'machine' && input.answeredBy !== 'fax';
  return isPlainStart ? start : advance(start.state, input, context);
}

function addTurn(
  before: Conversation | undefined,
  { state, verbs, decisions }: Step,
  turn: Conversation['turns'][number],
): Conversation {
  const step = before?.flow.step ?? 'consent';
  const allDecisions = [...(before?.decisions ?? []), ...decisions.map((decision) => ({ step, decision }))];
  const instructions = toInstructions(allDecisions);
  return {
    flow: state,
    turns: [...(before?.turns ?? []), turn],
    decisions: allDecisions,
    ...(instructions ? { instructions } : {}),
    recordingStarted: before?.recordingStarted === true || verbs.some(({ kind }) => kind === 'startRecording'),
  };
}

/** Records in the call how the conversation ended, once it has. */
function recordEnding(callLog: CallLog, now: Date): CallChange {
  const ending = callLog.conversation ? getConversationEnding(callLog.conversation.flow) : null;
  if (!ending || callLog.call.facts.ending === ending) {
    return { callLog, changed: false, events: [], effects: [] };
  }
  return applyReport(callLog, { kind: 'conversation_ended', ending }, now);
}
