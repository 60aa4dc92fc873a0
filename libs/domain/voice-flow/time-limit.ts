import { ask, finish, followUp, offeredSlots } from './ask.js';
import { PROMPTS } from './prompts/index.js';
import type { Step, Verb, VoiceFlowContext, VoiceFlowState } from './model/types.js';

const MAX_CALL_SECONDS = 240;
/** The slow end of the carriers' voices, 150 words a minute, so that a question is rather dropped than cut off. */
const WORDS_PER_SECOND = 2.5;

/** How long verbs take at most: all that is said, every pause, and waiting for an answer to its end. */
export const longestSeconds = (verbs: readonly Verb[]): number => verbs.reduce((sum, verb) => sum + secondsOf(verb), 0);

function secondsOf(verb: Verb): number {
  switch (verb.kind) {
    case 'say':
      return spoken(verb.text);
    case 'pause':
      return verb.seconds;
    case 'gather':
      return verb.timeoutSeconds + spoken(verb.prompt.map(({ text }) => text).join(' '));
    case 'record':
      return verb.maxSeconds;
    // The talk with a person is theirs, and has a limit of its own.
    case 'dial':
      return verb.ringSeconds;
    case 'startRecording':
    case 'redirect':
    case 'hangup':
      return 0;
  }
}

const spoken = (text: string): number => text.split(/\s+/).length / WORDS_PER_SECOND;

/**
 * Keeps a call within its time: a step is taken only if its question, an answer and the goodbye still fit. Otherwise
 * the next shorter way: where to leave it instead of other windows, then the end. What was decided stays decided.
 */
export function withinTime(step: Step, context: VoiceFlowContext): Step {
  const { state, decisions } = step;
  if (state.step === 'ended' || state.step === 'transfer' || state.step === 'voicemail_wait') return step;
  if (fits(step, context)) return step;
  if (state.step === 'slots' && state.presence === false) {
    const placement = { ...ask({ ...state, step: 'placement', misses: 0 }, context), decisions };
    if (fits(placement, context)) return placement;
  }
  if (state.step === 'message') {
    const instructions = { ...ask({ ...state, step: 'instructions', misses: 0 }, context), decisions };
    if (fits(instructions, context)) return instructions;
  }
  return isSettled(state)
    ? finish(state, context, 'thanks', decisions)
    : followUp(state, context, 'took_too_long', decisions);
}

function fits({ state, verbs }: Pick<Step, 'state' | 'verbs'>, context: VoiceFlowContext): boolean {
  const limit = context.maxCallSeconds ?? MAX_CALL_SECONDS;
  return (context.elapsedSeconds ?? 0) + longestSeconds(verbs) + goodbyeSeconds(state, context) <= limit;
}

/** The longest goodbye that may follow, in any language: the answer may be a wish for the other one. */
function goodbyeSeconds(state: VoiceFlowState, context: VoiceFlowContext): number {
  const offered = state.step === 'slots' || state.step === 'slot_confirm' ? offeredSlots(context) : [];
  const goodbyes = Object.values(PROMPTS).flatMap((prompts) => [
    `${prompts.nobodyFree} ${prompts.followUp}`,
    prompts.thanks,
    prompts.optedOut,
    ...offered.map((slot) => `${prompts.rescheduled(prompts.window(slot.window, context.zone))} ${prompts.thanks}`),
  ]);
  return Math.max(...goodbyes.map(spoken));
}

/** Whether the agent knows what to do without another word. */
const isSettled = ({ presence, place, words, messageLeft, pending }: VoiceFlowState): boolean =>
  pending === undefined &&
  (presence === true || messageLeft === true || (place !== undefined && place !== 'spoken') || words !== undefined);
