import { ask, finish, followUp, offeredSlots } from './ask.js';
import { PROMPTS } from './prompts/index.js';
import type { Step, Verb, VoiceFlowContext, VoiceFlowState } from './model/types.js';

const MAX_CALL_SECONDS = 240;
/** 150 words a minute, the slowest of the carrier's voices: skipping a question is better than being cut off in it. */
const WORDS_PER_SECOND = 2.5;

/**
 * The maximum duration of the verbs in seconds: all prompts and pauses, and every wait for an answer up to its timeout.
 */
export const maxDurationSeconds = (verbs: readonly Verb[]): number =>
  verbs.reduce((sum, verb) => sum + toMaxSeconds(verb), 0);

function toMaxSeconds(verb: Verb): number {
  switch (verb.kind) {
    case 'say':
      return toSpokenSeconds(verb.text);
    case 'pause':
      return verb.seconds;
    case 'gather':
      return verb.timeoutSeconds + toSpokenSeconds(verb.prompt.map(({ text }) => text).join(' '));
    case 'record':
      return verb.maxSeconds;
    // The conversation with a person has its own limit, so only the ringing counts.
    case 'dial':
      return verb.ringSeconds;
    case 'startRecording':
    case 'redirect':
    case 'hangup':
      return 0;
  }
}

const toSpokenSeconds = (text: string): number => text.split(/\s+/).length / WORDS_PER_SECOND;

/**
 * Keeps a call within its maximum duration. Returns `step` if its question, an answer and the goodbye still fit.
 * Otherwise returns a shorter step (placement instead of slots, instructions instead of a message) or ends the call.
 * Decisions made so far are kept.
 */
export function enforceTimeLimit(step: Step, context: VoiceFlowContext): Step {
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
  return (context.elapsedSeconds ?? 0) + maxDurationSeconds(verbs) + goodbyeSeconds(state, context) <= limit;
}

/** The duration of the longest goodbye that may follow, over all languages, as the answer may change the language. */
function goodbyeSeconds(state: VoiceFlowState, context: VoiceFlowContext): number {
  const offered = state.step === 'slots' || state.step === 'slot_confirm' ? offeredSlots(context) : [];
  const goodbyes = Object.values(PROMPTS).flatMap((prompts) => [
    `${prompts.nobodyFree} ${prompts.followUp}`,
    prompts.thanks,
    prompts.optedOut,
    ...offered.map((slot) => `${prompts.rescheduled(prompts.window(slot.window, context.zone))} ${prompts.thanks}`),
  ]);
  return Math.max(...goodbyes.map(toSpokenSeconds));
}

/** Whether the agent can deliver without further answers. */
const isSettled = ({ presence, place, words, messageLeft, pending }: VoiceFlowState): boolean =>
  pending === undefined &&
  (presence === true || messageLeft === true || (place !== undefined && place !== 'spoken') || words !== undefined);
