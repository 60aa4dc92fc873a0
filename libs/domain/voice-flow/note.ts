import type { Answer } from './answers/interpret.js';
import { isAboutHandover, type WholeAnswer } from './answers/read-answer.js';
import type { Decision, SafePlaceChoice, Step, VoiceFlowContext, VoiceFlowState } from './model/types.js';
import { goTo } from './moves.js';
import { endWithFollowUp } from './turns/close-call.js';

/** Stored words are cut at this length, because the state is small; the decision keeps them whole. */
const MAX_STORED_CHARACTERS = 120;

/** An answer of so many words says more than whether someone will be there. It is kept, whatever was recognized. */
const MIN_WORDS_OF_LONG_ANSWER = 12;

type Words = Extract<Answer, { kind: 'words' }>;

/** The state and the decisions after an answer was noted. */
export interface Note {
  readonly state: VoiceFlowState;
  readonly decisions: readonly Decision[];
}

/**
 * Notes how the parcel is to be handed over, and keeps the words for the agent.
 * @param isTakenAsAnswer whether words in which nothing was recognized are kept, because they answer the question
 */
export function noteHandover(before: VoiceFlowState, answer: Words, whole: WholeAnswer, isTakenAsAnswer = false): Note {
  const isRecognized = isAboutHandover(whole);
  const isLong = answer.text.split(/\s+/).length >= MIN_WORDS_OF_LONG_ANSWER;
  if (!isRecognized && !isTakenAsAnswer && !isLong) return { state: { ...before, humanHeard: true }, decisions: [] };
  const decisions: Decision[] = [];
  let state: VoiceFlowState = { ...before, humanHeard: true, isAnswered: true };
  if (whole.place) {
    const value = toChoice(whole.place.value);
    const confidence = whole.place.confidence * answer.confidence;
    decisions.push({ kind: 'safe_place', value, source: 'speech', confidence, evidence: whole.place.evidence.text });
    const { placeWords: _replaced, ...rest } = state;
    state = { ...rest, place: value, ...(whole.placeWords === null ? {} : { placeWords: whole.placeWords }) };
  }
  if (whole.accessCode) {
    const { value, confidence } = whole.accessCode;
    decisions.push({
      kind: 'access_code',
      value,
      source: 'speech',
      confidence: confidence * answer.confidence,
      evidence: answer.text,
    });
    state = { ...state, codeNoted: true };
  }
  if (whole.excludedWords !== null) state = { ...state, excludedWords: whole.excludedWords };
  if (whole.hasMore || !isRecognized) state = { ...state, words: toStoredWords(answer.text) };
  decisions.push({ kind: 'spoken_instruction', text: answer.text, confidence: answer.confidence, isHandover: true });
  return { state, decisions };
}

export const toStoredWords = (text: string): string => text.slice(0, MAX_STORED_CHARACTERS);

const toChoice = (place: string): SafePlaceChoice =>
  place === 'front_door' || place === 'neighbour' ? place : 'spoken';

/** Removes what was noted, except the code, before the customer says it again. */
export function withoutNoted(state: VoiceFlowState): VoiceFlowState {
  const {
    presence: _presence,
    isUndecided: _isUndecided,
    person: _person,
    place: _place,
    placeWords: _placeWords,
    excludedWords: _excludedWords,
    words: _words,
    ...rest
  } = state;
  return rest;
}

/**
 * Reads back what was noted. If the customer answered nothing that an agent could use, the call ends with a follow-up
 * instead.
 */
export function readBack(state: VoiceFlowState, context: VoiceFlowContext, decisions: readonly Decision[] = []): Step {
  return hasNoted(state)
    ? goTo(state, 'confirm', context, decisions)
    : endWithFollowUp(state, context, 'not_understood', decisions);
}

/** Whether the read-back has something to say. The key for another place alone names none. */
const hasNoted = ({
  presence,
  place,
  placeWords,
  excludedWords,
  words,
  messageLeft,
  codeNoted,
}: VoiceFlowState): boolean =>
  presence !== undefined ||
  (place !== undefined && place !== 'spoken') ||
  [placeWords, excludedWords, words].some((said) => said !== undefined) ||
  messageLeft === true ||
  codeNoted === true;
