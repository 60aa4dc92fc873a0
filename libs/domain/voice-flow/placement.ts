import { asksForMessage, matchCommand } from '#libs/domain/instructions/wishes/quick-match.js';
import { matchSafePlace } from '#libs/domain/instructions/wishes/safe-place.js';
import { canLeaveMessage, finish } from './ask.js';
import { hearYesNo, keepWords, PLAUSIBLE } from './hearing.js';
import type { Answer } from './interpret.js';
import { leaveMessageForAgent } from './message.js';
import { goTo, missed } from './moves.js';
import type { Decision, SafePlaceChoice, Step, VoiceFlowContext, VoiceFlowState } from './model/types.js';

/** So much of the words is repeated; all of them are kept. */
export const MAX_READ_BACK_CHARACTERS = 200;
const MESSAGE_KEY = '4';
const PLACE_KEYS: Readonly<Record<string, SafePlaceChoice>> = { '1': 'front_door', '2': 'neighbour', '3': 'spoken' };

/** Where to leave it. */
export function onPlacement(state: VoiceFlowState, answer: Answer, context: VoiceFlowContext): Step {
  if (wantsMessage(answer, state, context)) return leaveMessageForAgent(state, context);
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

/** What else helps the agent. */
export function onInstructions(state: VoiceFlowState, answer: Answer, context: VoiceFlowContext): Step {
  if (answer.kind === 'words' && wantsMessage(answer, state, context)) return leaveMessageForAgent(state, context);
  if (answer.kind === 'words' && matchCommand(answer.text, state.language) !== 'nothing') {
    return takeWords(state, answer, context);
  }
  const nothingMore = answer.kind === 'words' || answer.kind === 'key';
  // After "another safe place" silence is no answer; otherwise there is nothing to add.
  if (nothingMore || state.place !== 'spoken') return goTo(state, 'confirm', context);
  return missed(state, answer, context, () => goTo(state, 'confirm', context));
}

/** Key 4, or "let me leave a message". */
function wantsMessage(answer: Answer, { language }: VoiceFlowState, context: VoiceFlowContext): boolean {
  if (!canLeaveMessage(context)) return false;
  if (answer.kind === 'key') return answer.key === MESSAGE_KEY;
  return answer.kind === 'words' && answer.confidence >= PLAUSIBLE && asksForMessage(answer.text, language);
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
  // What is said at the read-back corrects it; elsewhere it adds to what was said before.
  const earlier = state.step === 'confirm' ? '' : (state.words ?? '');
  const words = `${earlier} ${answer.text}`.trim().slice(0, MAX_READ_BACK_CHARACTERS);
  return goTo({ ...state, humanHeard: true, words, ...(place ? { place } : {}) }, 'confirm', context, decisions);
}

/** Whether all that was noted is right. */
export function onConfirm(state: VoiceFlowState, answer: Answer, context: VoiceFlowContext): Step {
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
