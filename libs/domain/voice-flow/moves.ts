import type { Answer } from './answers/interpret.js';
import type { Decision, SayVerb, Step, VoiceFlowContext, VoiceFlowState } from './model/types.js';
import { ask } from './turns/ask.js';
import { asksForCode } from './turns/offers.js';
import { Speaker } from './turns/speaker.js';

/** Maximum number of consecutive answers to a question that were not understood. */
const MAX_MISSES = 2;

/**
 * Asks the same question again, in other words.
 * @param introduction prompts spoken before the question
 */
export const askAgain = (
  state: VoiceFlowState,
  context: VoiceFlowContext,
  introduction: readonly SayVerb[] = [],
): Step => ({
  ...ask(state, context, { introduction, phrasing: 'again' }),
  decisions: [],
});

/**
 * Asks the question of another step. If the access code is asked in a separate turn, that turn precedes the
 * confirmation.
 * @param acknowledgment key of a prompt that is spoken before the question
 */
export function goTo(
  state: VoiceFlowState,
  step: VoiceFlowState['step'],
  context: VoiceFlowContext,
  decisions: readonly Decision[] = [],
  acknowledgment?: 'recordingStarts' | 'notRecorded' | 'noted' | 'correcting',
): Step {
  const isCodeFirst = step === 'confirm' && asksForCode(context) && !state.codeAsked && !state.codeNoted;
  const next: VoiceFlowState = isCodeFirst
    ? { ...state, step: 'code', misses: 0, codeAsked: true }
    : { ...state, step, misses: 0 };
  const speaker = new Speaker(context, next);
  const introduction = acknowledgment ? [speaker.say(acknowledgment, speaker.prompts[acknowledgment])] : [];
  return { ...ask(next, context, { introduction }), decisions };
}

/**
 * Handles an answer that was not understood: repeats the question in other words, and after two misses continues with
 * `giveUp`.
 */
export function onMiss(state: VoiceFlowState, answer: Answer, context: VoiceFlowContext, giveUp: () => Step): Step {
  const misses = state.misses + 1;
  if (misses > MAX_MISSES) return giveUp();
  const next = { ...state, misses };
  const speaker = new Speaker(context, next);
  const promptKey = answer.kind === 'silence' ? 'nothingHeard' : 'notUnderstood';
  return askAgain(next, context, [speaker.say(promptKey, speaker.prompts[promptKey])]);
}
