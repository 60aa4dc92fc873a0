import { asksForMessage } from '#libs/domain/instructions/wishes/quick-match.js';
import { interpret, type Answer } from './answers/interpret.js';
import { CONFIRM_CONFIDENCE } from './answers/recognize.js';
import type { Step, VoiceFlowContext, VoiceFlowState, VoiceInput } from './model/types.js';
import { goTo, onMiss } from './moves.js';
import { readBack } from './note.js';
import { canLeaveMessage } from './turns/offers.js';

/** The minimum length of a message; a shorter recording is a breath or a click. */
const MIN_SECONDS = 1;
const MESSAGE_KEY = '4';

type RecordingDone = Extract<VoiceInput, { kind: 'recording_done' }>;

/** Whether the customer pressed key 4 or used words such as "let me leave a message", and may leave one. */
export function wantsMessage(answer: Answer, { language }: VoiceFlowState, context: VoiceFlowContext): boolean {
  if (!canLeaveMessage(context)) return false;
  if (answer.kind === 'key') return answer.key === MESSAGE_KEY;
  return answer.kind === 'words' && answer.confidence >= CONFIRM_CONFIDENCE && asksForMessage(answer.text, language);
}

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
    return onMiss(state, interpret(input, state.language), context, () => readBack(state, context));
  }
  const next: VoiceFlowState = { ...state, humanHeard: true, isAnswered: true, messageLeft: true };
  return readBack(next, context, [{ kind: 'message_left', durationSeconds }]);
}
