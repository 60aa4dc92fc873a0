import type { Answer } from './answers/interpret.js';
import { recognizeYesNo, ACCEPT_CONFIDENCE } from './answers/recognize.js';
import type { Step, VoiceFlowContext, VoiceFlowState } from './model/types.js';
import { goTo, onMiss } from './moves.js';

/** Handles the answer whether the call may be recorded. Recording requires a clear yes. */
export function onConsent(state: VoiceFlowState, answer: Answer, context: VoiceFlowContext): Step {
  const yesNo = recognizeYesNo(state, answer);
  if (!yesNo) return onMiss(state, answer, context, () => goTo(state, 'presence', context, [], 'notRecorded'));
  const value = yesNo.value && yesNo.confidence >= ACCEPT_CONFIDENCE;
  const next = goTo(
    { ...state, humanHeard: true },
    'presence',
    context,
    [{ ...yesNo, kind: 'recording_consent', value }],
    value ? 'recordingStarts' : 'notRecorded',
  );
  return value ? { ...next, verbs: [{ kind: 'startRecording' }, ...next.verbs] } : next;
}
