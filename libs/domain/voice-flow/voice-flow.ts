import { analyseInstructions } from '#libs/domain/instructions/index.js';
import { matchChoice, matchCommand, matchYesNo } from '#libs/domain/instructions/quick-match.js';
import { matchSafePlace } from '#libs/domain/instructions/safe-place.js';
import { intersect } from '#libs/domain/time/index.js';
import { ask, finish, followUp, greet, leaveMessage, offeredSlots, Speaker, wait, waitForBeep } from './ask.js';
import { interpret, type Answer } from './interpret.js';
import type {
  AnsweredBy,
  Decision,
  DecisionSource,
  OfferedSlot,
  PendingAnswer,
  SafePlaceChoice,
  SayVerb,
  Step,
  VoiceFlowContext,
  VoiceFlowState,
  VoiceInput,
} from './types.js';

/** From here on an understood answer counts without asking back. */
const SURE = 0.75;
/** From here on an answer is worth asking back; below it is as if nothing was understood. */
const PLAUSIBLE = 0.35;
const MAX_MISSES = 2;
const MAX_TURNS = 24;
const MAX_CALL_SECONDS = 240;
const MAX_READ_BACK_CHARACTERS = 200;

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
  const state: VoiceFlowState = { ...before, turns: before.turns + 1 };
  switch (input.kind) {
    case 'hung_up':
      return hungUp(state);
    case 'machine_beep':
      // Somebody who pressed a key or spoke to the point is no machine, whatever detection says.
      return state.humanHeard ? again(state, context) : leaveMessage(state, context);
    case 'call_answered':
      return pickedUp(state, input.answeredBy, context);
    case 'speech':
    case 'digits':
    case 'silence':
    case 'recording_done':
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

const firstStep = ({ recordConsentNeeded }: VoiceFlowContext): VoiceFlowState['step'] =>
  recordConsentNeeded ? 'consent' : 'presence';

/** How the conversation ended, for the call's lifecycle; `null` while it goes on. */
export const conversationEnding = ({ ending }: VoiceFlowState): VoiceFlowState['ending'] | null => ending ?? null;

const hungUp = (state: VoiceFlowState): Step => ({
  state: { ...state, step: 'ended', ending: state.presence === undefined ? 'cut_short' : 'finished' },
  verbs: [],
  decisions: [],
});

const again = (state: VoiceFlowState, context: VoiceFlowContext, before?: readonly SayVerb[]): Step => ({
  ...ask(state, context, before),
  decisions: [],
});

const goTo = (
  state: VoiceFlowState,
  step: VoiceFlowState['step'],
  context: VoiceFlowContext,
  decisions: readonly Decision[] = [],
): Step => ({ ...ask({ ...state, step, misses: 0 }, context), decisions });

function answered(state: VoiceFlowState, answer: Answer, context: VoiceFlowContext): Step {
  if (answer.kind === 'opt_out') {
    const { source, confidence, evidence } = answer;
    return finish(state, context, 'optedOut', [{ kind: 'opt_out', source, confidence, evidence }]);
  }
  if (state.turns >= MAX_TURNS || (context.elapsedSeconds ?? 0) >= MAX_CALL_SECONDS) {
    return followUp(state, context, 'took_too_long', keepWords(answer));
  }
  // A machine presses no keys and answers no questions.
  if (state.step === 'voicemail_wait' && answer.kind !== 'silence') {
    return beginAgain({ ...state, humanHeard: true }, context);
  }
  if (answer.kind === 'language') return again({ ...state, language: answer.language, humanHeard: true }, context);
  if (answer.kind === 'command') {
    const human = { ...state, humanHeard: true };
    if (answer.command === 'repeat') return again(human, context);
    if (answer.command === 'wait') return { ...wait(human, context), decisions: [] };
    if (answer.command === 'human') return followUp(human, context, 'wants_human');
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
    case 'confirm':
      return onConfirm(state, answer, context);
    case 'voicemail_wait':
    case 'ended':
      return { ...hungUp(state), verbs: [{ kind: 'hangup' }] };
  }
}

/** Nothing usable: once more, with the keys named, then the next safer way. */
function missed(state: VoiceFlowState, answer: Answer, context: VoiceFlowContext, giveUp: () => Step): Step {
  const misses = state.misses + 1;
  if (misses > MAX_MISSES) return giveUp();
  const next = { ...state, misses };
  const speaker = new Speaker(context, next);
  const why = answer.kind === 'silence' ? 'nothingHeard' : 'notUnderstood';
  return again(next, context, [speaker.say(why, speaker.prompts[why])]);
}

interface Heard<T> {
  readonly value: T;
  readonly confidence: number;
  readonly source: DecisionSource;
  readonly evidence: string;
}

/** Key 1 or 2, or yes or no by voice. */
function hearYesNo(state: VoiceFlowState, answer: Answer): Heard<boolean> | null {
  if (answer.kind === 'key' && (answer.key === '1' || answer.key === '2')) {
    return { value: answer.key === '1', confidence: 1, source: 'keys', evidence: answer.key };
  }
  if (answer.kind !== 'words') return null;
  const match = matchYesNo(answer.text, state.language);
  return (
    match && {
      value: match.value,
      confidence: match.confidence * answer.confidence,
      source: 'speech',
      evidence: answer.text,
    }
  );
}

/** "After six" says no to two o'clock: times in the words are held against the planned window. */
function hearPresence(state: VoiceFlowState, answer: Answer, context: VoiceFlowContext): Heard<boolean> | null {
  const heard = hearYesNo(state, answer);
  if (answer.kind !== 'words') return heard;
  const { planned, zone } = context;
  const { availability, unavailable } = analyseInstructions({
    text: answer.text,
    locale: state.language === 'es' ? 'es-US' : 'en-US',
    zone,
    now: context.now ?? planned.start,
    planned,
    question: 'open',
  });
  const overlapping = (found: typeof availability): typeof availability =>
    found.filter(({ value }) => intersect([value], [planned]).length > 0);
  const [there] = overlapping(availability);
  const [away] = overlapping(unavailable);
  const ground = there ?? away ?? availability[0];
  if (!ground) return heard;
  const confidence = ground.confidence * answer.confidence;
  return { value: there !== undefined, confidence, source: 'speech', evidence: answer.text };
}

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

const reschedule = (state: VoiceFlowState, context: VoiceFlowContext): Step =>
  offeredSlots(context).length > 0 && state.step !== 'slots'
    ? goTo(state, 'slots', context)
    : followUp(state, context, 'no_slot_suits');

function onSlots(state: VoiceFlowState, answer: Answer, context: VoiceFlowContext): Step {
  const slots = offeredSlots(context);
  const giveUp = (): Step => followUp(state, context, 'no_slot_suits');
  if (answer.kind === 'key') {
    const slot = slots[Number(answer.key) - 1];
    if (slot) return agree(state, slot, { source: 'keys', confidence: 1, evidence: answer.key }, context);
    if (answer.key === String(slots.length + 1)) return goTo({ ...state, humanHeard: true }, 'placement', context);
    return missed(state, answer, context, giveUp);
  }
  if (answer.kind !== 'words') return missed(state, answer, context, giveUp);
  const said = keepWords(answer);
  const choice = matchChoice(answer.text, state.language, slots.length);
  const slot = choice ? slots[choice.value] : undefined;
  if (slot) {
    // A moved delivery is dear to undo: what was only heard is always asked back.
    const pending: PendingAnswer = { kind: 'slot', slotId: slot.id, evidence: answer.text };
    return goTo({ ...state, humanHeard: true, pending }, 'slot_confirm', context, said);
  }
  if (matchSafePlace(answer.text)) return onPlacement({ ...state, step: 'placement', misses: 0 }, answer, context);
  if (matchYesNo(answer.text, state.language)?.value === false) return followUp(state, context, 'no_slot_suits', said);
  const step = missed(state, answer, context, giveUp);
  return { ...step, decisions: [...said, ...step.decisions] };
}

function onSlotConfirm(state: VoiceFlowState, answer: Answer, context: VoiceFlowContext): Step {
  const { pending, ...rest } = state;
  const slot = pending?.kind === 'slot' ? offeredSlots(context).find(({ id }) => id === pending.slotId) : undefined;
  const heard = hearYesNo(state, answer);
  if (!slot || (heard && !heard.value)) return goTo(rest, 'slots', context);
  if (heard && heard.confidence >= PLAUSIBLE) {
    const { source, confidence } = heard;
    return agree(
      rest,
      slot,
      { source, confidence, evidence: `${pending?.evidence ?? ''} / ${heard.evidence}` },
      context,
    );
  }
  return missed(state, answer, context, () => followUp(rest, context, 'not_understood'));
}

const agree = (
  state: VoiceFlowState,
  slot: OfferedSlot,
  said: Omit<Heard<never>, 'value'>,
  context: VoiceFlowContext,
): Step =>
  finish({ ...state, humanHeard: true }, context, { rescheduled: slot }, [{ kind: 'reschedule', slot, ...said }]);

const PLACE_KEYS: Readonly<Record<string, SafePlaceChoice>> = { '1': 'front_door', '2': 'neighbour', '3': 'spoken' };

function onPlacement(state: VoiceFlowState, answer: Answer, context: VoiceFlowContext): Step {
  if (answer.kind === 'key') {
    const place = PLACE_KEYS[answer.key];
    if (!place) return missed(state, answer, context, () => goTo(state, 'confirm', context));
    const decision: Decision = {
      kind: 'safe_place',
      value: place,
      source: 'keys',
      confidence: 1,
      evidence: answer.key,
    };
    return goTo({ ...state, humanHeard: true, place }, 'instructions', context, [decision]);
  }
  if (answer.kind === 'words' && matchCommand(answer.text, state.language) === 'nothing') {
    return goTo({ ...state, humanHeard: true }, 'confirm', context);
  }
  if (answer.kind === 'words' && answer.confidence >= PLAUSIBLE) return takeWords(state, answer, context);
  const said = keepWords(answer);
  const step = missed(state, answer, context, () => goTo(state, 'confirm', context));
  return { ...step, decisions: [...said, ...step.decisions] };
}

function onInstructions(state: VoiceFlowState, answer: Answer, context: VoiceFlowContext): Step {
  if (answer.kind === 'words' && matchCommand(answer.text, state.language) !== 'nothing') {
    return takeWords(state, answer, context);
  }
  const nothingMore = answer.kind === 'words' || answer.kind === 'key';
  // After "another safe place" silence is no answer; otherwise there is nothing to add.
  if (nothingMore || state.place !== 'spoken') return goTo(state, 'confirm', context);
  return missed(state, answer, context, () => goTo(state, 'confirm', context));
}

/** The customer said how: keep the words, take a place from them where one is named, and read both back. */
function takeWords(state: VoiceFlowState, answer: Extract<Answer, { kind: 'words' }>, context: VoiceFlowContext): Step {
  const match = matchSafePlace(answer.text);
  const decisions: Decision[] = [];
  let place = state.place;
  if (match && (place === undefined || place === 'spoken')) {
    place = match.place === 'front_door' || match.place === 'neighbour' ? match.place : 'spoken';
    const evidence = answer.text.slice(match.start, match.end);
    const confidence = match.confidence * answer.confidence;
    decisions.push({ kind: 'safe_place', value: place, source: 'speech', confidence, evidence });
  }
  decisions.push({ kind: 'spoken_instruction', text: answer.text, confidence: answer.confidence });
  const words = answer.text.slice(0, MAX_READ_BACK_CHARACTERS);
  return goTo({ ...state, humanHeard: true, words, ...(place ? { place } : {}) }, 'confirm', context, decisions);
}

function onConfirm(state: VoiceFlowState, answer: Answer, context: VoiceFlowContext): Step {
  const heard = hearYesNo(state, answer);
  const done = (): Step => finish(state, context, 'thanks');
  if (heard && heard.confidence >= PLAUSIBLE) {
    if (heard.value) return done();
    const { place: _place, words: _words, ...rest } = state;
    return goTo(rest, 'placement', context);
  }
  if (answer.kind === 'words' && answer.confidence >= PLAUSIBLE && answer.text.split(/\s+/).length > 2) {
    return takeWords(state, answer, context);
  }
  // What was said stands, also if nobody says yes to it.
  return missed(state, answer, context, done);
}

/** Longer answers say more than the question asked; the agent gets them whole. */
function keepWords(answer: Answer): Decision[] {
  if (answer.kind !== 'words' || answer.text.split(/\s+/).length < 4) return [];
  return [{ kind: 'spoken_instruction', text: answer.text, confidence: answer.confidence }];
}
