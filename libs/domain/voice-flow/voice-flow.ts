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
import { hearPresence, hearYesNo, keepWords, PLAUSIBLE, SURE, type Heard } from './hearing.js';
import { interpret, type Answer } from './interpret.js';
import { isKeyedCode, onCode, onKeyedCode } from './code.js';
import { onMessage } from './message.js';
import { again, goTo, missed } from './moves.js';
import { onSlotConfirm, onSlots, reschedule } from './offer-slots.js';
import { onConfirm, onInstructions, onPlacement } from './placement.js';
import { withinTime } from './time-limit.js';
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
 * The conversation of one call as a pure state machine: `startVoiceFlow` when somebody picked up, then `advance` for each
 * input. Every call ends: answers not understood, turns and seconds are all bounded.
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

/** The next step. An ended flow stays ended whatever comes; inputs that come twice cannot decide twice. */
export function advance(before: VoiceFlowState, input: VoiceInput, context: VoiceFlowContext): Step {
  if (before.step === 'ended') return { state: before, verbs: [{ kind: 'hangup' }], decisions: [] };
  return withinTime(react({ ...before, turns: before.turns + 1 }, input, context), context);
}

/** Whoever talked to a person has settled it there. */
function transferEnded(state: VoiceFlowState, connected: boolean, context: VoiceFlowContext): Step {
  if (state.step !== 'transfer') return again(state, context);
  const decisions: Decision[] = [{ kind: 'transfer', connected }];
  if (connected) {
    const ended: VoiceFlowState = { ...state, step: 'ended', ending: 'finished' };
    return { state: ended, verbs: [{ kind: 'hangup' }], decisions: [...decisions, { kind: 'completed' }] };
  }
  return finish(state, context, 'nobodyFree', [...decisions, { kind: 'follow_up', reason: 'wants_human' }]);
}

function react(state: VoiceFlowState, input: VoiceInput, context: VoiceFlowContext): Step {
  switch (input.kind) {
    case 'hung_up':
      return hungUp(state);
    case 'taken_over':
      return { ...takeOver({ ...state, humanHeard: true }, context, input.number), decisions: [] };
    case 'transfer_ended':
      return transferEnded(state, input.connected, context);
    case 'machine_beep':
      // Somebody who pressed a key or spoke to the point is no machine, whatever detection says.
      return state.humanHeard ? again(state, context) : leaveMessage(state, context);
    case 'call_answered':
      return pickedUp(state, input.answeredBy, context);
    case 'recording_done':
      // 9 stops the calls here, too.
      return state.step === 'message' && input.digits !== '9'
        ? onMessage(state, input, context)
        : answered(state, interpret(input, state.language), context);
    case 'digits':
      return isKeyedCode(state, input.digits)
        ? onKeyedCode(state, input.digits, context)
        : answered(state, interpret(input, state.language), context);
    case 'speech':
    case 'silence':
      return answered(state, interpret(input, state.language), context);
  }
}

function pickedUp(state: VoiceFlowState, answeredBy: AnsweredBy, context: VoiceFlowContext): Step {
  if (answeredBy === 'fax') return { ...hungUp(state), verbs: [{ kind: 'hangup' }] };
  const isWaiting = state.step === 'voicemail_wait';
  if (!state.humanHeard && (answeredBy === 'machine' || (isWaiting && answeredBy === 'unknown'))) {
    return { ...waitForBeep(state), decisions: [] };
  }
  return isWaiting || state.turns === 1 ? beginAgain(state, context) : again(state, context);
}

/** The greeting and the first question. */
const beginAgain = (state: VoiceFlowState, context: VoiceFlowContext): Step => ({
  ...greet({ ...state, step: firstStep(context) }, context),
  decisions: [],
});

const firstStep = ({ recordConsentNeeded, mayRecord = true }: VoiceFlowContext): VoiceFlowState['step'] =>
  mayRecord && recordConsentNeeded ? 'consent' : 'presence';

/** How the conversation ended, for the call's lifecycle; `null` while it goes on. */
export const conversationEnding = ({ ending }: VoiceFlowState): VoiceFlowState['ending'] | null => ending ?? null;

/**
 * Whether the first question still waits for its answer: none was taken, and the customer has not reacted in any way that shows a
 * conversation (a language, a wish to hear it again, a person). Words and keys that were not understood are no answer.
 */
export const isFirstQuestionOpen = (state: VoiceFlowState, context: VoiceFlowContext): boolean =>
  state.step === firstStep(context) && !state.humanHeard && state.presence === undefined;

const hungUp = (state: VoiceFlowState): Step => ({
  state: { ...state, step: 'ended', ending: state.presence === undefined ? 'cut_short' : 'finished' },
  verbs: [],
  decisions: [],
});

function answered(state: VoiceFlowState, answer: Answer, context: VoiceFlowContext): Step {
  if (answer.kind === 'opt_out') {
    const { source, confidence, evidence } = answer;
    return finish(state, context, 'optedOut', [{ kind: 'opt_out', source, confidence, evidence }]);
  }
  if (state.turns >= MAX_TURNS) return followUp(state, context, 'took_too_long', keepWords(answer));
  // A machine presses no keys and answers no questions.
  if (state.step === 'voicemail_wait' && answer.kind !== 'silence') {
    return beginAgain({ ...state, humanHeard: true }, context);
  }
  if (answer.kind === 'language') return again({ ...state, language: answer.language, humanHeard: true }, context);
  // The line is with somebody else: what is pressed there is not for us.
  if (state.step === 'transfer') return transferEnded(state, false, context);
  // A screener asks who is calling, and is no human for that.
  if (answer.kind === 'command' && answer.command === 'who') return { ...introduce(state, context), decisions: [] };
  if (answer.kind === 'command') {
    const human = { ...state, humanHeard: true };
    if (answer.command === 'repeat') return again(human, context);
    if (answer.command === 'wait') return { ...wait(human, context), decisions: [] };
    if (answer.command === 'human') return toPerson(human, context);
    return reschedule(human, context);
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
      return missed(state, answer, context, () => goTo(state, 'confirm', context));
    case 'confirm':
      return onConfirm(state, answer, context);
    case 'voicemail_wait':
    case 'ended':
      return { ...hungUp(state), verbs: [{ kind: 'hangup' }] };
  }
}

const toPerson = (state: VoiceFlowState, context: VoiceFlowContext): Step =>
  context.transferNumber === undefined
    ? followUp(state, context, 'wants_human')
    : { ...connect(state, context, context.transferNumber), decisions: [] };

function onConsent(state: VoiceFlowState, answer: Answer, context: VoiceFlowContext): Step {
  const heard = hearYesNo(state, answer);
  // Without a clear yes nothing is recorded.
  if (!heard) return missed(state, answer, context, () => goTo(state, 'presence', context));
  const value = heard.value && heard.confidence >= SURE;
  const next = goTo({ ...state, humanHeard: true }, 'presence', context, [
    { ...heard, kind: 'recording_consent', value },
  ]);
  return value ? { ...next, verbs: [{ kind: 'startRecording' }, ...next.verbs] } : next;
}

function onPresence(state: VoiceFlowState, answer: Answer, context: VoiceFlowContext): Step {
  const heard = hearPresence(state, answer, context);
  const said = keepWords(answer);
  if (heard && heard.confidence >= SURE) return decidePresence(state, heard, context, said);
  if (heard && heard.confidence >= PLAUSIBLE) {
    const pending: PendingAnswer = { kind: 'presence', value: heard.value, evidence: heard.evidence };
    return goTo({ ...state, humanHeard: true, pending }, 'presence_confirm', context, said);
  }
  const step = missed(state, answer, context, () => followUp(state, context, 'not_understood'));
  return { ...step, decisions: [...said, ...step.decisions] };
}

function onPresenceConfirm(state: VoiceFlowState, answer: Answer, context: VoiceFlowContext): Step {
  const heard = hearYesNo(state, answer);
  const { pending, ...rest } = state;
  if (pending?.kind !== 'presence') return goTo(rest, 'presence', context);
  if (heard && heard.confidence >= PLAUSIBLE) {
    const value = heard.value ? pending.value : !pending.value;
    return decidePresence(rest, { ...heard, value, evidence: `${pending.evidence} / ${heard.evidence}` }, context);
  }
  return missed(state, answer, context, () => followUp(rest, context, 'not_understood'));
}

function decidePresence(
  state: VoiceFlowState,
  heard: Heard<boolean>,
  context: VoiceFlowContext,
  said: readonly Decision[] = [],
): Step {
  const decisions: Decision[] = [{ kind: 'presence', ...heard }, ...said];
  const next = { ...state, humanHeard: true, presence: heard.value };
  return !heard.value && offeredSlots(context).length > 0
    ? goTo(next, 'slots', context, decisions)
    : goTo(next, 'placement', context, decisions);
}
