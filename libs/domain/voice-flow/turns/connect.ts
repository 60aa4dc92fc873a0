import type { Verb, VoiceFlowContext, VoiceFlowState } from '../model/types.js';
import type { Turn } from './ask.js';
import { Speaker } from './speaker.js';

/** Maximum ringing time of the dispatcher's phone. */
const DISPATCHER_RING_SECONDS = 25;
/** Maximum duration of the conversation with the dispatcher. */
const MAX_DISPATCHER_CALL_SECONDS = 900;

/** Connects a customer who asked for a person. The next input is `transfer_ended`. */
export const connect = (state: VoiceFlowState, context: VoiceFlowContext, number: string): Turn =>
  dialPerson(state, context, number, 'transferring');

/** Connects the customer with a dispatcher who takes the call over. */
export const takeOver = (state: VoiceFlowState, context: VoiceFlowContext, number: string): Turn =>
  dialPerson(state, context, number, 'takingOver');

function dialPerson(
  state: VoiceFlowState,
  context: VoiceFlowContext,
  number: string,
  promptKey: 'transferring' | 'takingOver',
): Turn {
  const speaker = new Speaker(context, state);
  const dial: Verb = {
    kind: 'dial',
    number,
    ringSeconds: DISPATCHER_RING_SECONDS,
    maxSeconds: MAX_DISPATCHER_CALL_SECONDS,
  };
  return {
    state: { ...state, step: 'transfer', misses: 0 },
    verbs: [speaker.say(promptKey, speaker.prompts[promptKey]), dial],
  };
}
