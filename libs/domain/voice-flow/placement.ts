import { isUndecided, matchCommand, matchYesNo } from '#libs/domain/instructions/wishes/quick-match.js';
import type { Answer } from './answers/interpret.js';
import { isAboutHandover, readAnswer } from './answers/read-answer.js';
import { ACCEPT_CONFIDENCE, CONFIRM_CONFIDENCE } from './answers/recognize.js';
import { leaveMessageForAgent, wantsMessage } from './message.js';
import { onMiss, goTo } from './moves.js';
import { noteHandover, readBack } from './note.js';
import { offerSlots, RESCHEDULE_KEY } from './offer-slots.js';
import { decidePresence, toUnrecognizedWords } from './open-question.js';
import { confirmRefusal } from './refusal.js';
import type { Decision, SafePlaceChoice, Step, VoiceFlowContext, VoiceFlowState } from './model/types.js';

type Words = Extract<Answer, { kind: 'words' }>;

const PLACE_KEYS: Readonly<Record<string, SafePlaceChoice>> = { '1': 'front_door', '2': 'neighbour', '3': 'spoken' };
/** A shorter yes or no names no place. */
const MIN_PLACE_WORDS = 4;

/** Handles the answer to the question where the parcel may be left. */
export function onPlacement(state: VoiceFlowState, answer: Answer, context: VoiceFlowContext): Step {
  if (wantsMessage(answer, state, context)) return leaveMessageForAgent(state, context);
  const giveUp = (): Step => readBack(state, context);
  if (answer.kind === 'key') {
    if (answer.key === RESCHEDULE_KEY && context.offeredSlots.length > 0) return offerSlots(state, context);
    const place = PLACE_KEYS[answer.key];
    return place ? onPlaceKey(state, place, answer.key, context) : onMiss(state, answer, context, giveUp);
  }
  if (answer.kind === 'words' && matchCommand(answer.text, state.language) === 'nothing') {
    return readBack({ ...state, humanHeard: true }, context);
  }
  if (answer.kind === 'words' && answer.confidence >= CONFIRM_CONFIDENCE && !isEmptyAnswer(answer, state)) {
    return onPlacementWords(state, answer, context);
  }
  const step = onMiss(state, answer, context, giveUp);
  return { ...step, decisions: [...(answer.kind === 'words' ? toUnrecognizedWords(answer) : []), ...step.decisions] };
}

function onPlaceKey(state: VoiceFlowState, place: SafePlaceChoice, key: string, context: VoiceFlowContext): Step {
  const decision: Decision = { kind: 'safe_place', value: place, source: 'keys', confidence: 1, evidence: key };
  const { placeWords: _replaced, ...rest } = state;
  const next: VoiceFlowState = { ...rest, humanHeard: true, isAnswered: true, place };
  // "A neighbor" and "another place" do not say which.
  return place === 'front_door' ? readBack(next, context, [decision]) : goTo(next, 'instructions', context, [decision]);
}

/** "Yes" or "I don't know" to the question where. */
const isEmptyAnswer = ({ text }: Words, { language }: VoiceFlowState): boolean =>
  text.split(/\s+/).length < MIN_PLACE_WORDS && (matchYesNo(text, language) !== null || isUndecided(text, language));

/** Words about the place; or the customer changes their mind: someone will be there, another day, no parcel at all. */
function onPlacementWords(state: VoiceFlowState, answer: Words, context: VoiceFlowContext): Step {
  const whole = readAnswer(answer.text, state, context);
  if (whole.isRefused && !whole.place) return confirmRefusal(state, answer, context);
  if (whole.reschedule && !whole.place) return offerSlots(state, context, answer);
  const { presence } = whole;
  const isThere = presence !== null && presence !== 'undecided' && presence.value && !whole.place;
  const confidence = isThere ? presence.confidence * answer.confidence : 0;
  if (isThere && confidence >= ACCEPT_CONFIDENCE && state.presence !== true) {
    const { value, person } = presence;
    const recognized = { value, confidence, source: 'speech', evidence: answer.text } as const;
    const note = noteHandover(state, answer, whole);
    return decidePresence(note, person === undefined ? recognized : { ...recognized, person }, context);
  }
  const note = noteHandover(state, answer, whole, true);
  // A code or a dog does not say where.
  const isPlaceOpen = isAboutHandover(whole) && !whole.place && whole.excluded.length === 0 && !whole.hasMore;
  return isPlaceOpen
    ? goTo(note.state, 'placement', context, note.decisions, 'noted')
    : readBack(note.state, context, note.decisions);
}

/** Handles the words for a neighbor or another place. */
export function onInstructions(state: VoiceFlowState, answer: Answer, context: VoiceFlowContext): Step {
  if (answer.kind === 'words' && wantsMessage(answer, state, context)) return leaveMessageForAgent(state, context);
  if (answer.kind === 'words' && matchCommand(answer.text, state.language) !== 'nothing') {
    const note = noteHandover(state, answer, readAnswer(answer.text, state, context), true);
    return readBack(note.state, context, note.decisions);
  }
  // After the key for another place, silence leaves the question open. A neighbor need not be named.
  if (answer.kind === 'words' || answer.kind === 'key' || state.place !== 'spoken') return readBack(state, context);
  return onMiss(state, answer, context, () => readBack(state, context));
}
