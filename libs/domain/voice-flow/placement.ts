import { asksForMessage, matchCommand } from '#libs/domain/instructions/wishes/quick-match.js';
import { canLeaveMessage, finish } from './ask.js';
import { analyze, recognizeYesNo, toSpokenInstructions, CONFIRM_CONFIDENCE } from './recognize.js';
import type { Answer } from './interpret.js';
import { leaveMessageForAgent } from './message.js';
import { goTo, onMiss } from './moves.js';
import type { Decision, SafePlaceChoice, Step, VoiceFlowContext, VoiceFlowState } from './model/types.js';

/** The read-back is cut at this length; the stored words are complete. */
export const MAX_READ_BACK_CHARACTERS = 200;
const MESSAGE_KEY = '4';
const PLACE_KEYS: Readonly<Record<string, SafePlaceChoice>> = { '1': 'front_door', '2': 'neighbour', '3': 'spoken' };

/** Handles the answer to the question where the parcel may be left. */
export function onPlacement(state: VoiceFlowState, answer: Answer, context: VoiceFlowContext): Step {
  if (wantsMessage(answer, state, context)) return leaveMessageForAgent(state, context);
  if (answer.kind === 'key') {
    const place = PLACE_KEYS[answer.key];
    if (!place) return onMiss(state, answer, context, () => goTo(state, 'confirm', context));
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
  if (answer.kind === 'words' && answer.confidence >= CONFIRM_CONFIDENCE) return acceptWords(state, answer, context);
  const spokenInstructions = toSpokenInstructions(answer);
  const step = onMiss(state, answer, context, () => goTo(state, 'confirm', context));
  return { ...step, decisions: [...spokenInstructions, ...step.decisions] };
}

/** Handles further instructions for the agent. */
export function onInstructions(state: VoiceFlowState, answer: Answer, context: VoiceFlowContext): Step {
  if (answer.kind === 'words' && wantsMessage(answer, state, context)) return leaveMessageForAgent(state, context);
  if (answer.kind === 'words' && matchCommand(answer.text, state.language) !== 'nothing') {
    return acceptWords(state, answer, context);
  }
  const hasAnswered = answer.kind === 'words' || answer.kind === 'key';
  // After the key for another safe place, silence leaves the question open. Otherwise it means that there is nothing to
  // add.
  if (hasAnswered || state.place !== 'spoken') return goTo(state, 'confirm', context);
  return onMiss(state, answer, context, () => goTo(state, 'confirm', context));
}

/** Whether the customer pressed key 4 or used words such as "let me leave a message". */
function wantsMessage(answer: Answer, { language }: VoiceFlowState, context: VoiceFlowContext): boolean {
  if (!canLeaveMessage(context)) return false;
  if (answer.kind === 'key') return answer.key === MESSAGE_KEY;
  return answer.kind === 'words' && answer.confidence >= CONFIRM_CONFIDENCE && asksForMessage(answer.text, language);
}

/** Keeps the customer's words as an instruction, recognizes a safe place in them, and reads both back. */
function acceptWords(
  state: VoiceFlowState,
  answer: Extract<Answer, { kind: 'words' }>,
  context: VoiceFlowContext,
): Step {
  const { safePlace } = analyze(answer.text, 'instructions', state, context);
  const decisions: Decision[] = [];
  let place = state.place;
  if (safePlace && (place === undefined || place === 'spoken')) {
    place = safePlace.value === 'front_door' || safePlace.value === 'neighbour' ? safePlace.value : 'spoken';
    const evidence = safePlace.evidence.text;
    const confidence = safePlace.confidence * answer.confidence;
    decisions.push({ kind: 'safe_place', value: place, source: 'speech', confidence, evidence });
  }
  decisions.push({ kind: 'spoken_instruction', text: answer.text, confidence: answer.confidence });
  // Words at the read-back replace the earlier ones; elsewhere they are added.
  const earlier = state.step === 'confirm' ? '' : (state.words ?? '');
  const words = `${earlier} ${answer.text}`.trim().slice(0, MAX_READ_BACK_CHARACTERS);
  return goTo({ ...state, humanHeard: true, words, ...(place ? { place } : {}) }, 'confirm', context, decisions);
}

/** Handles the confirmation of everything that was noted. */
export function onConfirm(state: VoiceFlowState, answer: Answer, context: VoiceFlowContext): Step {
  const confirmation = recognizeYesNo(state, answer);
  const done = (): Step => finish(state, context, 'thanks');
  if (confirmation && confirmation.confidence >= CONFIRM_CONFIDENCE) {
    if (confirmation.value) return done();
    const { place: _place, words: _words, ...stateWithoutPlacement } = state;
    return goTo(stateWithoutPlacement, 'placement', context);
  }
  if (answer.kind === 'words' && answer.confidence >= CONFIRM_CONFIDENCE && answer.text.split(/\s+/).length > 2) {
    return acceptWords(state, answer, context);
  }
  // The noted answers are kept even if the customer does not confirm them.
  return onMiss(state, answer, context, done);
}
