import {
  connect,
  finish,
  endWithFollowUp,
  greet,
  introduce,
  leaveMessage,
  getOfferedSlots,
  takeOver,
  wait,
  waitForBeep,
} from './ask.js';
import {
  recognizePresence,
  recognizeYesNo,
  toSpokenInstructions,
  CONFIRM_CONFIDENCE,
  ACCEPT_CONFIDENCE,
  type Recognized,
} from './recognize.js';
import { interpret, type Answer } from './interpret.js';
import { isKeyedCode, onCode, onKeyedCode } from './code.js';
import { onMessage } from './message.js';
import { askAgain, goTo, onMiss } from './moves.js';
import { onSlotConfirm, onSlots, reschedule } from './offer-slots.js';
import { onConfirm, onInstructions, onPlacement } from './placement.js';
import { enforceTimeLimit } from './time-limit.js';
import type {
  AnsweredBy,
  Decision,
  PendingAnswer,
  Step,
  VoiceFlowContext,
  VoiceFlowState,
  VoiceInput,
} from './model/types.js';

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
        : onAnswer(state, interpret(input, state.language), context);
    case 'digits':
      return isKeyedCode(state, input.digits)
        ? onKeyedCode(state, input.digits, context)
        : onAnswer(state, interpret(input, state.language), context);
    case 'speech':
    case 'silence':
      return onAnswer(state, interpret(input, state.language), context);
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
  state.step === firstStep(context) && !state.humanHeard && state.presence === undefined;

const onHangUp = (state: VoiceFlowState): Step => ({
  state: { ...state, step: 'ended', ending: state.presence === undefined ? 'cut_short' : 'finished' },
  verbs: [],
  decisions: [],
});

function onAnswer(state: VoiceFlowState, answer: Answer, context: VoiceFlowContext): Step {
  if (answer.kind === 'opt_out') {
    const { source, confidence, evidence } = answer;
    return finish(state, context, 'optedOut', [{ kind: 'opt_out', source, confidence, evidence }]);
  }
  if (state.turns >= MAX_TURNS) return endWithFollowUp(state, context, 'took_too_long', toSpokenInstructions(answer));
  // A machine presses no keys and answers no questions.
  if (state.step === 'voicemail_wait' && answer.kind !== 'silence') {
    return restart({ ...state, humanHeard: true }, context);
  }
  if (answer.kind === 'language') return askAgain({ ...state, language: answer.language, humanHeard: true }, context);
  // The customer is talking to another person: keys pressed there are not meant for this flow.
  if (state.step === 'transfer') return onTransferEnded(state, false, context);
  // Call screeners ask who is calling, so this question does not show a human.
  if (answer.kind === 'command' && answer.command === 'who') return { ...introduce(state, context), decisions: [] };
  if (answer.kind === 'command') {
    const next = { ...state, humanHeard: true };
    if (answer.command === 'repeat') return askAgain(next, context);
    if (answer.command === 'wait') return { ...wait(next, context), decisions: [] };
    if (answer.command === 'human') return connectToPerson(next, context);
    return reschedule(next, context);
  }
  switch (state.step) {
    case 'consent':
      return onConsent(state, answer, context);
    case 'presence':
      return onPresence(state, answer, context);
    case 'presence_confirm':
      return onPresenceConfirm(state, answer, context);
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
      return onMiss(state, answer, context, () => goTo(state, 'confirm', context));
    case 'confirm':
      return onConfirm(state, answer, context);
    case 'voicemail_wait':
    case 'ended':
      return { ...onHangUp(state), verbs: [{ kind: 'hangup' }] };
  }
}

const connectToPerson = (state: VoiceFlowState, context: VoiceFlowContext): Step =>
  context.transferNumber === undefined
    ? endWithFollowUp(state, context, 'wants_human')
    : { ...connect(state, context, context.transferNumber), decisions: [] };

function onConsent(state: VoiceFlowState, answer: Answer, context: VoiceFlowContext): Step {
  const yesNo = recognizeYesNo(state, answer);
  // Recording requires a clear yes.
  if (!yesNo) return onMiss(state, answer, context, () => goTo(state, 'presence', context));
  const value = yesNo.value && yesNo.confidence >= ACCEPT_CONFIDENCE;
  const next = goTo({ ...state, humanHeard: true }, 'presence', context, [
    { ...yesNo, kind: 'recording_consent', value },
  ]);
  return value ? { ...next, verbs: [{ kind: 'startRecording' }, ...next.verbs] } : next;
}

function onPresence(state: VoiceFlowState, answer: Answer, context: VoiceFlowContext): Step {
  const presence = recognizePresence(state, answer, context);
  const spokenInstructions = toSpokenInstructions(answer);
  if (presence && presence.confidence >= ACCEPT_CONFIDENCE)
    return decidePresence(state, presence, context, spokenInstructions);
  if (presence && presence.confidence >= CONFIRM_CONFIDENCE) {
    const pending: PendingAnswer = { kind: 'presence', value: presence.value, evidence: presence.evidence };
    return goTo({ ...state, humanHeard: true, pending }, 'presence_confirm', context, spokenInstructions);
  }
  const step = onMiss(state, answer, context, () => endWithFollowUp(state, context, 'not_understood'));
  return { ...step, decisions: [...spokenInstructions, ...step.decisions] };
}

function onPresenceConfirm(state: VoiceFlowState, answer: Answer, context: VoiceFlowContext): Step {
  const yesNo = recognizeYesNo(state, answer);
  const { pending, ...stateWithoutPending } = state;
  if (pending?.kind !== 'presence') return goTo(stateWithoutPending, 'presence', context);
  if (yesNo && yesNo.confidence >= CONFIRM_CONFIDENCE) {
    const value = yesNo.value ? pending.value : !pending.value;
    return decidePresence(
      stateWithoutPending,
      { ...yesNo, value, evidence: `${pending.evidence} / ${yesNo.evidence}` },
      context,
    );
  }
  return onMiss(state, answer, context, () => endWithFollowUp(stateWithoutPending, context, 'not_understood'));
}

function decidePresence(
  state: VoiceFlowState,
  presence: Recognized<boolean>,
  context: VoiceFlowContext,
  spokenInstructions: readonly Decision[] = [],
): Step {
  const decisions: Decision[] = [{ kind: 'presence', ...presence }, ...spokenInstructions];
  const next = { ...state, humanHeard: true, presence: presence.value };
  return !presence.value && getOfferedSlots(context).length > 0
    ? goTo(next, 'slots', context, decisions)
    : goTo(next, 'placement', context, decisions);
}
