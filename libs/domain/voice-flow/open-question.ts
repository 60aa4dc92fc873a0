import { toStatements } from '#libs/domain/instructions/wishes/match-yes-no.js';
import type { Answer } from './answers/interpret.js';
import { isAboutHandover, readAnswer, type WholeAnswer } from './answers/read-answer.js';
import { recognizeYesNo, ACCEPT_CONFIDENCE, CONFIRM_CONFIDENCE, type Recognized } from './answers/recognize.js';
import { confirmRefusal } from './refusal.js';
import { leaveMessageForAgent, wantsMessage } from './message.js';
import { goTo, onMiss } from './moves.js';
import { noteHandover, readBack, type Note } from './note.js';
import { offerSlots, RESCHEDULE_KEY } from './offer-slots.js';
import { endWithFollowUp } from './turns/close-call.js';
import type { Decision, PendingAnswer, Step, VoiceFlowContext, VoiceFlowState } from './model/types.js';

type Words = Extract<Answer, { kind: 'words' }>;

/** A presence as it was recognized, and who else will be there. */
type RecognizedPresence = Recognized<boolean> & { readonly person?: string };

/** Handles the answer to the open question, which may hold everything: presence, place, code, another day, a refusal. */
export function onOpenQuestion(state: VoiceFlowState, answer: Answer, context: VoiceFlowContext): Step {
  if (wantsMessage(answer, state, context)) return leaveMessageForAgent(state, context);
  const giveUp = (): Step => endWithFollowUp(state, context, 'not_understood');
  if (answer.kind === 'key') {
    if (answer.key === RESCHEDULE_KEY && context.offeredSlots.length > 0) return offerSlots(state, context);
    const keyed = recognizeYesNo(state, answer);
    return keyed ? decidePresence({ state, decisions: [] }, keyed, context) : onMiss(state, answer, context, giveUp);
  }
  if (answer.kind !== 'words' || answer.confidence < CONFIRM_CONFIDENCE) return onMiss(state, answer, context, giveUp);
  return onWords(state, answer, context, ACCEPT_CONFIDENCE, giveUp);
}

/**
 * Handles the answer to "will someone be there?", which was asked because an answer was unsure. Words that say it
 * themselves count before the yes or no. An earlier version asked whether the pending value is right.
 */
export function onPresenceCheck(state: VoiceFlowState, answer: Answer, context: VoiceFlowContext): Step {
  const { pending, ...rest } = state;
  const asked: VoiceFlowState = { ...state, step: 'presence_check' };
  const giveUp = (): Step => endWithFollowUp(rest, context, 'not_understood');
  if (pending?.kind !== 'presence') return goTo(rest, 'presence', context);
  const isAskedAboutValue = state.step === 'presence_confirm' && !pending.value;
  const yesNo = recognizeYesNo(state, answer);
  const isPlain = answer.kind === 'key' || (yesNo !== null && yesNo.evidence.split(/\s+/).length <= MAX_PLAIN_WORDS);
  if (yesNo && isPlain && yesNo.confidence >= CONFIRM_CONFIDENCE) {
    const value = isAskedAboutValue ? !yesNo.value : yesNo.value;
    const evidence = `${pending.evidence} / ${yesNo.evidence}`;
    return decidePresence({ state: rest, decisions: [] }, { ...yesNo, value, evidence }, context);
  }
  if (answer.kind !== 'words' || answer.confidence < CONFIRM_CONFIDENCE) return onMiss(asked, answer, context, giveUp);
  return onWords(asked, answer, context, CONFIRM_CONFIDENCE, giveUp);
}

/** Minimum confidence of presence in words that name a place as well, because the read-back then asks for both. */
const WITH_PLACE = 0.6;
/** A longer answer says more than yes or no. */
const MAX_PLAIN_WORDS = 2;

/** @param minConfidence at which presence counts without being asked again */
function onWords(
  state: VoiceFlowState,
  answer: Words,
  context: VoiceFlowContext,
  minConfidence: number,
  giveUp: () => Step,
): Step {
  const whole = readAnswer(answer.text, state, context);
  const { isRefused, reschedule, place } = whole;
  if (isRefused && !place) return confirmRefusal(state, answer, context);
  const presence = toRecognized(whole, answer);
  if (reschedule && !place && presence?.value !== true) return offerSlots(state, context, answer);
  const note = noteHandover(state, answer, whole);
  const isSure =
    presence !== null && presence.confidence >= (place ? Math.min(minConfidence, WITH_PLACE) : minConfidence);
  if (presence && isSure) return decidePresence(note, presence, context);
  // A place alone answers the question where to leave the parcel, whether or not someone will be there.
  if (place || whole.isAnywhere)
    return readBack({ ...note.state, ...(isUndecided(whole) ? { isUndecided: true } : {}) }, context, note.decisions);
  if (isUndecided(whole))
    return goTo(
      withoutPending({ ...note.state, isAnswered: true, isUndecided: true }),
      'placement',
      context,
      note.decisions,
    );
  if (presence && presence.confidence >= CONFIRM_CONFIDENCE) {
    const pending: PendingAnswer = { kind: 'presence', value: presence.value, evidence: presence.evidence };
    return goTo({ ...note.state, humanHeard: true, pending }, 'presence_check', context, note.decisions);
  }
  if (isAboutHandover(whole)) return goTo(withoutPending(note.state), 'presence', context, note.decisions, 'noted');
  // A question that is asked back is no instruction.
  const isStatement = toStatements(answer.text, state.language).length > 0;
  const step = onMiss(state, answer, context, giveUp);
  return { ...step, decisions: [...(isStatement ? toUnrecognizedWords(answer) : []), ...step.decisions] };
}

const isUndecided = ({ presence }: WholeAnswer): boolean => presence === 'undecided';

function toRecognized({ presence }: WholeAnswer, { text, confidence }: Words): RecognizedPresence | null {
  if (presence === null || presence === 'undecided') return null;
  const { value, person } = presence;
  const recognized = { value, confidence: presence.confidence * confidence, source: 'speech', evidence: text } as const;
  return person === undefined ? recognized : { ...recognized, person };
}

/** Decides presence, and asks for a place only if no one will be there and none is known. */
export function decidePresence(
  { state: noted, decisions: notedDecisions }: Note,
  { person, ...presence }: RecognizedPresence,
  context: VoiceFlowContext,
): Step {
  const decisions: Decision[] = [{ kind: 'presence', ...presence }, ...notedDecisions];
  const { isUndecided: _isUndecided, person: _person, ...rest } = withoutPending(noted);
  const state: VoiceFlowState = {
    ...rest,
    humanHeard: true,
    isAnswered: true,
    presence: presence.value,
    ...(person === undefined ? {} : { person }),
  };
  const isPlaceAsked = !presence.value || context.askFallbackPlace === true;
  return isPlaceAsked && state.place === undefined
    ? goTo(state, 'placement', context, decisions)
    : readBack(state, context, decisions);
}

function withoutPending({ pending: _pending, ...state }: VoiceFlowState): VoiceFlowState {
  return state;
}

/** Words of four or more that were not recognized are kept, so that they are not lost with the call. */
export const toUnrecognizedWords = ({ text, confidence }: Words): Decision[] =>
  text.split(/\s+/).length < 4 ? [] : [{ kind: 'spoken_instruction', text, confidence, isHandover: true }];
