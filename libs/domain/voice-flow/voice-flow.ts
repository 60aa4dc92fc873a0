import {
  connect,
  finish,
  followUp,
  greet,
  introduce,
  leaveMessage,
  offeredSlots,
  takeOver,
  wait,
  waitForBeep,
} from './ask.js';
import {
  recognizePresence,
  recognizeYesNo,
  keepWords,
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

/** Computes the next step. An ended flow stays ended, so an input that is delivered twice cannot decide twice. */
export function advance(before: VoiceFlowState, input: VoiceInput, context: VoiceFlowContext): Step {
  if (before.step === 'ended') return { state: before, verbs: [{ kind: 'hangup' }], decisions: [] };
  return enforceTimeLimit(onInput({ ...before, turns: before.turns + 1 }, input, context), context);
}

/**
 * Ends the call after a transfer that connected, because the person settled everything; otherwise announces a text
 * message.
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
      // A callee who pressed a key or answered a question is not a machine, even if AMD reports one.
      return state.humanHeard ? askAgain(state, context) : leaveMessage(state, context);
    case 'call_answered':
      return onPickUp(state, input.answeredBy, context);
    case 'recording_done':
      // The opt-out key 9 works here, too.
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

/** How the conversation ended, for the call's lifecycle; `null` while it is in progress. */
export const conversationEnding = ({ ending }: VoiceFlowState): VoiceFlowState['ending'] | null => ending ?? null;

/**
 * Whether the first question is still unanswered: no answer was taken, and the customer has not reacted in any way that
 * shows a conversation (changing the language, asking for a repetition or a person). Words and keys that were not
 * understood do not count as an answer.
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
  if (state.turns >= MAX_TURNS) return followUp(state, context, 'took_too_long', keepWords(answer));
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
    ? followUp(state, context, 'wants_human')
    : { ...connect(state, context, context.transferNumber), decisions: [] };

function onConsent(state: VoiceFlowState, answer: Answer, context: VoiceFlowContext): Step {
  const heard = recognizeYesNo(state, answer);
  // Recording requires a clear yes.
  if (!heard) return onMiss(state, answer, context, () => goTo(state, 'presence', context));
  const value = heard.value && heard.confidence >= ACCEPT_CONFIDENCE;
  const next = goTo({ ...state, humanHeard: true }, 'presence', context, [
    { ...heard, kind: 'recording_consent', value },
  ]);
  return value ? { ...next, verbs: [{ kind: 'startRecording' }, ...next.verbs] } : next;
}

function onPresence(state: VoiceFlowState, answer: Answer, context: VoiceFlowContext): Step {
  const heard = recognizePresence(state, answer, context);
  const said = keepWords(answer);
  if (heard && heard.confidence >= ACCEPT_CONFIDENCE) return decidePresence(state, heard, context, said);
  if (heard && heard.confidence >= CONFIRM_CONFIDENCE) {
    const pending: PendingAnswer = { kind: 'presence', value: heard.value, evidence: heard.evidence };
    return goTo({ ...state, humanHeard: true, pending }, 'presence_confirm', context, said);
  }
  const step = onMiss(state, answer, context, () => followUp(state, context, 'not_understood'));
  return { ...step, decisions: [...said, ...step.decisions] };
}

function onPresenceConfirm(state: VoiceFlowState, answer: Answer, context: VoiceFlowContext): Step {
  const heard = recognizeYesNo(state, answer);
  const { pending, ...rest } = state;
  if (pending?.kind !== 'presence') return goTo(rest, 'presence', context);
  if (heard && heard.confidence >= CONFIRM_CONFIDENCE) {
    const value = heard.value ? pending.value : !pending.value;
    return decidePresence(rest, { ...heard, value, evidence: `${pending.evidence} / ${heard.evidence}` }, context);
  }
  return onMiss(state, answer, context, () => followUp(rest, context, 'not_understood'));
}

function decidePresence(
  state: VoiceFlowState,
  heard: Recognized<boolean>,
  context: VoiceFlowContext,
  said: readonly Decision[] = [],
): Step {
  const decisions: Decision[] = [{ kind: 'presence', ...heard }, ...said];
  const next = { ...state, humanHeard: true, presence: heard.value };
  return !heard.value && offeredSlots(context).length > 0
    ? goTo(next, 'slots', context, decisions)
    : goTo(next, 'placement', context, decisions);
}
