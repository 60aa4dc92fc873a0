import { interpret, type Answer } from './answers/interpret.js';
import { isKeyedCode, onCode, onKeyedCode } from './code.js';
import { onConfirm } from './confirm.js';
import { onConsent } from './consent.js';
import { onMessage } from './message.js';
import { askAgain, onMiss } from './moves.js';
import { readBack } from './note.js';
import { offerSlots, onSlotConfirm, onSlots } from './offer-slots.js';
import { onOpenQuestion, onPresenceCheck, toUnrecognizedWords } from './open-question.js';
import { onInstructions, onPlacement } from './placement.js';
import { onRefusalConfirm } from './refusal.js';
import { enforceTimeLimit } from './time-limit.js';
import { ask, introduce, wait } from './turns/ask.js';
import { endWithFollowUp, finish, leaveMessage, waitForBeep } from './turns/close-call.js';
import { connect, takeOver } from './turns/connect.js';
import { greet } from './turns/greet.js';
import type { AnsweredBy, Decision, Step, VoiceFlowContext, VoiceFlowState, VoiceInput } from './model/types.js';

/** A call with this many turns ends with a follow-up. */
const MAX_TURNS = 24;

/**
 * Starts the conversation of a call when it is answered.
 *
 * The conversation is a pure state machine: `startVoiceFlow`, then {@link advance} for each input. Every call ends,
 * because its misunderstood answers, turns and seconds are limited.
 */
export function startVoiceFlow(context: VoiceFlowContext): Step {
  const state: VoiceFlowState = {
    step: firstStep(context),
    language: context.language,
    misses: 0,
    turns: 0,
    humanHeard: false,
  };
  return { ...greet(state, context), decisions: [] };
}

/** Computes the next step. An ended flow stays ended: a repeated last input adds no decision. */
export function advance(before: VoiceFlowState, input: VoiceInput, context: VoiceFlowContext): Step {
  if (before.step === 'ended') return { state: before, verbs: [{ kind: 'hangup' }], decisions: [] };
  return enforceTimeLimit(onInput({ ...before, turns: before.turns + 1 }, input, context), context);
}

/**
 * Ends the call after a transfer that connected, because the customer talked to a person. Otherwise announces a text
 * message and ends the call.
 */
function onTransferEnded(state: VoiceFlowState, connected: boolean, context: VoiceFlowContext): Step {
  if (state.step !== 'transfer') return askAgain(state, context);
  const decisions: Decision[] = [{ kind: 'transfer', connected }];
  if (connected) {
    const ended: VoiceFlowState = { ...state, step: 'ended', ending: 'finished' };
    return { state: ended, verbs: [{ kind: 'hangup' }], decisions: [...decisions, { kind: 'completed' }] };
  }
  return finish(state, context, 'nobodyFree', [...decisions, { kind: 'follow_up', reason: 'wants_human' }]);
}

function onInput(state: VoiceFlowState, input: VoiceInput, context: VoiceFlowContext): Step {
  switch (input.kind) {
    case 'hung_up':
      return onHangUp(state);
    case 'taken_over':
      return { ...takeOver({ ...state, humanHeard: true }, context, input.number), decisions: [] };
    case 'transfer_ended':
      return onTransferEnded(state, input.connected, context);
    case 'machine_beep':
      // A callee who pressed a key or answered a question is not a machine, even if answering-machine detection says
      // so.
      return state.humanHeard ? askAgain(state, context) : leaveMessage(state, context);
    case 'call_answered':
      return onPickUp(state, input.answeredBy, context);
    case 'recording_done':
      // Key 9 opts out at this step, too.
      return state.step === 'message' && input.digits !== '9'
        ? onMessage(state, input, context)
        : onAnswer(state, interpret(input, state.language, context.customerName), context);
    case 'digits':
      return isKeyedCode(state, input.digits)
        ? onKeyedCode(state, input.digits, context)
        : onAnswer(state, interpret(input, state.language, context.customerName), context);
    case 'speech':
    case 'silence':
      return onAnswer(state, interpret(input, state.language, context.customerName), context);
  }
}

function onPickUp(state: VoiceFlowState, answeredBy: AnsweredBy, context: VoiceFlowContext): Step {
  if (answeredBy === 'fax') return { ...onHangUp(state), verbs: [{ kind: 'hangup' }] };
  const isWaiting = state.step === 'voicemail_wait';
  if (!state.humanHeard && (answeredBy === 'machine' || (isWaiting && answeredBy === 'unknown'))) {
    return { ...waitForBeep(state), decisions: [] };
  }
  return isWaiting || state.turns === 1 ? restart(state, context) : askAgain(state, context);
}

/** Greets and asks the first question. */
const restart = (state: VoiceFlowState, context: VoiceFlowContext): Step => ({
  ...greet({ ...state, step: firstStep(context) }, context),
  decisions: [],
});

const firstStep = ({ recordConsentNeeded, mayRecord = true }: VoiceFlowContext): VoiceFlowState['step'] =>
  mayRecord && recordConsentNeeded ? 'consent' : 'presence';

/** Returns how the conversation ended, for the call's lifecycle; `null` while it is in progress. */
export const getConversationEnding = ({ ending }: VoiceFlowState): VoiceFlowState['ending'] | null => ending ?? null;

/**
 * Whether the first question is still unanswered: no answer was taken, and the customer has not reacted in any way that
 * shows a conversation (changing the language, asking for a repetition or a person). Words and keys that were not
 * understood are not an answer.
 */
export const isFirstQuestionOpen = (state: VoiceFlowState, context: VoiceFlowContext): boolean =>
  state.step === firstStep(context) && !state.humanHeard && !isAnswered(state);

/** Whether the customer said anything about the delivery. States of earlier versions say it by their presence. */
const isAnswered = (state: VoiceFlowState): boolean => state.isAnswered === true || state.presence !== undefined;

const onHangUp = (state: VoiceFlowState): Step => ({
  state: { ...state, step: 'ended', ending: isAnswered(state) ? 'finished' : 'cut_short' },
  verbs: [],
  decisions: [],
});

function onAnswer(state: VoiceFlowState, given: Answer, context: VoiceFlowContext): Step {
  const answer = toAnswerAt(state, given);
  if (answer.kind === 'opt_out') {
    const { source, confidence, evidence } = answer;
    return finish(state, context, 'optedOut', [{ kind: 'opt_out', source, confidence, evidence }]);
  }
  if (answer.kind === 'wrong_number') {
    const { text, confidence } = answer;
    const source = { source: 'speech', confidence, evidence: text } as const;
    return finish(state, context, 'wrongNumber', [{ kind: 'opt_out', reason: 'wrong_number', ...source }]);
  }
  if (state.turns >= MAX_TURNS) {
    const words = answer.kind === 'words' ? toUnrecognizedWords(answer) : [];
    return endWithFollowUp(state, context, 'took_too_long', words);
  }
  // A machine presses no keys and answers no questions.
  if (state.step === 'voicemail_wait' && answer.kind !== 'silence') {
    return restart({ ...state, humanHeard: true }, context);
  }
  if (answer.kind === 'language') return changeLanguage(state, answer.language, context);
  // The customer is talking to another person: keys pressed there are not meant for this flow.
  if (state.step === 'transfer') return onTransferEnded(state, false, context);
  return answer.kind === 'command' ? onCommand(state, answer, context) : onAnswerToQuestion(state, answer, context);
}

/** The questions before anything about the delivery was said: there, a wrong number is that of the phone. */
const OPENING_STEPS: ReadonlySet<VoiceFlowState['step']> = new Set(['consent', 'presence', 'presence_check']);

const toAnswerAt = ({ step }: VoiceFlowState, answer: Answer): Answer =>
  answer.kind === 'wrong_number' && !OPENING_STEPS.has(step) ? { ...answer, kind: 'words' } : answer;

const changeLanguage = (
  state: VoiceFlowState,
  language: VoiceFlowState['language'],
  context: VoiceFlowContext,
): Step => ({ ...ask({ ...state, language, humanHeard: true }, context), decisions: [] });

function onCommand(
  state: VoiceFlowState,
  { command, text }: Extract<Answer, { kind: 'command' }>,
  context: VoiceFlowContext,
): Step {
  // Call screeners ask who is calling, so this question does not show a human.
  if (command === 'who') return { ...introduce(state, context), decisions: [] };
  const next = { ...state, humanHeard: true };
  if (command === 'repeat') return askAgain(next, context);
  if (command === 'wait') return { ...wait(next, context), decisions: [] };
  return command === 'human' ? connectToPerson(next, context) : offerSlots(next, context, { text });
}

function onAnswerToQuestion(state: VoiceFlowState, answer: Answer, context: VoiceFlowContext): Step {
  switch (state.step) {
    case 'consent':
      return onConsent(state, answer, context);
    case 'presence':
      return onOpenQuestion(state, answer, context);
    case 'presence_check':
    case 'presence_confirm':
      return onPresenceCheck(state, answer, context);
    case 'refusal_confirm':
      return onRefusalConfirm(state, answer, context);
    case 'slots':
      return onSlots(state, answer, context);
    case 'slot_confirm':
      return onSlotConfirm(state, answer, context);
    case 'placement':
      return onPlacement(state, answer, context);
    case 'instructions':
      return onInstructions(state, answer, context);
    case 'code':
      return onCode(state, answer, context);
    case 'message':
      return onMiss(state, answer, context, () => readBack(state, context));
    case 'confirm':
      return onConfirm(state, answer, context);
    case 'transfer':
    case 'voicemail_wait':
    case 'ended':
      return { ...onHangUp(state), verbs: [{ kind: 'hangup' }] };
  }
}

const connectToPerson = (state: VoiceFlowState, context: VoiceFlowContext): Step =>
  context.transferNumber === undefined
    ? endWithFollowUp(state, context, 'wants_human')
    : { ...connect(state, context, context.transferNumber), decisions: [] };
