import { interpret } from './interpret.js';
import { goTo, missed } from './moves.js';
import type { Step, VoiceFlowContext, VoiceFlowState, VoiceInput } from './model/types.js';

/** Shorter is a breath or a click. */
const SHORTEST_SECONDS = 1;

type RecordingDone = Extract<VoiceInput, { kind: 'recording_done' }>;

/** Begins the spoken message for whoever delivers: what is recorded is all theirs, whatever was agreed to before. */
export const leaveMessageForAgent = (state: VoiceFlowState, context: VoiceFlowContext): Step =>
  goTo({ ...state, humanHeard: true }, 'message', context);

/** The message is there, or it is asked for once more; then the call goes on without one. */
export function onMessage(state: VoiceFlowState, input: RecordingDone, context: VoiceFlowContext): Step {
  const { durationSeconds } = input;
  if (durationSeconds < SHORTEST_SECONDS) {
    return missed(state, interpret(input, state.language), context, () => goTo(state, 'confirm', context));
  }
  const next = { ...state, humanHeard: true, messageLeft: true };
  return goTo(next, 'confirm', context, [{ kind: 'message_left', durationSeconds }]);
}
