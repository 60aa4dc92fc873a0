import { interpret } from './interpret.js';
import { goTo, onMiss } from './moves.js';
import type { Step, VoiceFlowContext, VoiceFlowState, VoiceInput } from './model/types.js';

/** The minimum length of a message; a shorter recording is a breath or a click. */
const MIN_SECONDS = 1;

type RecordingDone = Extract<VoiceInput, { kind: 'recording_done' }>;

/**
 * Starts the recording of a message for the agent. The customer asks for this recording, so it needs no earlier
 * consent.
 */
export const leaveMessageForAgent = (state: VoiceFlowState, context: VoiceFlowContext): Step =>
  goTo({ ...state, humanHeard: true }, 'message', context);

/**
 * Accepts the recorded message, or asks for it again; after too many empty recordings, the call continues without one.
 */
export function onMessage(state: VoiceFlowState, input: RecordingDone, context: VoiceFlowContext): Step {
  const { durationSeconds } = input;
  if (durationSeconds < MIN_SECONDS) {
    return onMiss(state, interpret(input, state.language), context, () => goTo(state, 'confirm', context));
  }
  const next = { ...state, humanHeard: true, messageLeft: true };
  return goTo(next, 'confirm', context, [{ kind: 'message_left', durationSeconds }]);
}
