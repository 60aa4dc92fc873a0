import { ask } from './turns/ask.js';
import { endWithFollowUp, finish } from './turns/close-call.js';
import { getOfferedSlots } from './turns/offers.js';
import { PROMPTS } from './prompts/index.js';
import type { Step, Verb, VoiceFlowContext, VoiceFlowState } from './model/types.js';

/** The default maximum duration of a call. */
const MAX_CALL_SECONDS = 240;
/**
 * 150 words a minute, the rate of the carrier's slowest voice. It is better to skip a question than to be cut off in
 * it.
 */
const WORDS_PER_SECOND = 2.5;

/**
 * Computes the maximum duration of the verbs in seconds: all prompts and pauses, and every wait for an answer up to its
 * timeout.
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
    // The conversation with a person has its own limit, so only the ringing is included.
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
 * Keeps a call within its maximum duration. Returns `step` if there is time left for its question, an answer and the
 * goodbye. Otherwise returns a shorter step (placement instead of slots, instructions instead of a message) or ends the
 * call. Decisions made so far are kept.
 */
export function enforceTimeLimit(step: Step, context: VoiceFlowContext): Step {
  const { state, decisions } = step;
  if (state.step === 'ended' || state.step === 'transfer' || state.step === 'voicemail_wait') return step;
  if (isWithinLimit(step, context)) return step;
  if (state.step === 'slots' && state.presence === false) {
    const placement = { ...ask({ ...state, step: 'placement', misses: 0 }, context), decisions };
    if (isWithinLimit(placement, context)) return placement;
  }
  if (state.step === 'message') {
    const instructions = { ...ask({ ...state, step: 'instructions', misses: 0 }, context), decisions };
    if (isWithinLimit(instructions, context)) return instructions;
  }
  return isSettled(state)
    ? finish(state, context, 'thanks', decisions)
    : endWithFollowUp(state, context, 'took_too_long', decisions);
}

function isWithinLimit({ state, verbs }: Pick<Step, 'state' | 'verbs'>, context: VoiceFlowContext): boolean {
  const limit = context.maxCallSeconds ?? MAX_CALL_SECONDS;
  return (context.elapsedSeconds ?? 0) + maxDurationSeconds(verbs) + toGoodbyeSeconds(state, context) <= limit;
}

/**
 * Computes the duration of the longest goodbye that may follow, in seconds, over all languages, because the answer may
 * change the language.
 */
function toGoodbyeSeconds(state: VoiceFlowState, context: VoiceFlowContext): number {
  const slots = state.step === 'slots' || state.step === 'slot_confirm' ? getOfferedSlots(context) : [];
  const goodbyes = Object.values(PROMPTS).flatMap((prompts) => [
    `${prompts.nobodyFree} ${prompts.followUp}`,
    prompts.thanks,
    prompts.optedOut,
    prompts.wrongNumber,
    prompts.refused,
    ...slots.map((slot) => `${prompts.rescheduled(prompts.window(slot.window, context.zone))} ${prompts.thanks}`),
  ]);
  return Math.max(...goodbyes.map(toSpokenSeconds));
}

/** Whether the agent can deliver without further answers. */
const isSettled = ({ presence, place, words, messageLeft, pending }: VoiceFlowState): boolean =>
  pending === undefined &&
  (presence === true || messageLeft === true || (place !== undefined && place !== 'spoken') || words !== undefined);
