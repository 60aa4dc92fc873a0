import type {
  Decision,
  FollowUpReason,
  OfferedSlot,
  SayVerb,
  Step,
  VoiceFlowContext,
  VoiceFlowState,
} from '../model/types.js';
import type { Turn } from './ask.js';
import { Speaker } from './speaker.js';

/** Maximum wait for the beep after answering-machine detection (AMD) reported a machine. */
const BEEP_WAIT_SECONDS = 40;

/** The prompts that end a call. */
export type Closing =
  'thanks' | 'followUp' | 'nobodyFree' | 'optedOut' | 'wrongNumber' | 'refused' | { readonly rescheduled: OfferedSlot };

/** Speaks the closing prompts and ends the call. */
export function finish(
  state: VoiceFlowState,
  context: VoiceFlowContext,
  closing: Closing,
  decisions: readonly Decision[] = [],
): Step {
  return {
    state: { ...state, step: 'ended', ending: 'finished' },
    verbs: [...toClosingPrompts(new Speaker(context, state), closing), { kind: 'hangup' }],
    decisions: [...decisions, { kind: 'completed' }],
  };
}

function toClosingPrompts(speaker: Speaker, closing: Closing): SayVerb[] {
  const { prompts } = speaker;
  if (typeof closing === 'object')
    return [
      speaker.say('rescheduled', prompts.rescheduled(speaker.window(closing.rescheduled))),
      speaker.say('thanks', prompts.thanks),
    ];
  const followUp = closing === 'nobodyFree' ? [speaker.say('followUp', prompts.followUp)] : [];
  return [speaker.say(closing, prompts[closing]), ...followUp];
}

/** Ends a call that leaves the question open and announces a text message. Decisions made so far are kept. */
export function endWithFollowUp(
  state: VoiceFlowState,
  context: VoiceFlowContext,
  reason: FollowUpReason,
  decisions: readonly Decision[] = [],
): Step {
  const { pending: _pending, ...settled } = state;
  const evidence = reason === 'no_slot_suits' && state.wish !== undefined ? { evidence: state.wish } : {};
  return finish(settled, context, 'followUp', [...decisions, { kind: 'follow_up', reason, ...evidence }]);
}

/** Waits for the beep of an answering machine. Hangs up if there is no beep within 40 seconds. */
export const waitForBeep = (state: VoiceFlowState): Turn => ({
  state: { ...state, step: 'voicemail_wait' },
  verbs: [{ kind: 'pause', seconds: BEEP_WAIT_SECONDS }, { kind: 'hangup' }],
});

/** Leaves the message on the answering machine and hangs up. */
export function leaveMessage(state: VoiceFlowState, context: VoiceFlowContext): Step {
  const speaker = new Speaker(context, state);
  const message = speaker.say('voicemail', speaker.prompts.voicemail({ ...context, window: speaker.plannedWindow }));
  return {
    state: { ...state, step: 'ended', ending: 'message_left' },
    verbs: [message, { kind: 'hangup' }],
    decisions: [{ kind: 'voicemail_left' }],
  };
}
