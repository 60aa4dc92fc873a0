import type { SayVerb, Step, Verb, VoiceFlowContext, VoiceFlowState } from '../model/types.js';
import { Speaker } from './speaker.js';
import { toQuestion, type Phrasing } from './to-question.js';

/** Pause when the customer asks to wait. */
const WAIT_SECONDS = 8;
/** Maximum length of a spoken message. */
const MAX_MESSAGE_SECONDS = 45;
/** The length of silence that ends a message. */
const MESSAGE_SILENCE_SECONDS = 4;
/** `#` ends the message. `9` opts out, as at every step. */
const MESSAGE_END_KEYS = '#9';

export type Turn = Pick<Step, 'state' | 'verbs'>;

export interface AskOptions {
  /** Prompts spoken before the question. */
  readonly introduction?: readonly SayVerb[];
  /** `again` says the question in other words and names the keys. Default `first`. */
  readonly phrasing?: Phrasing;
}

/**
 * Asks the question of the state's step.
 *
 * If a gather hears nothing, the carrier executes the redirect that follows it, so that silence arrives as an input.
 */
export function ask(state: VoiceFlowState, context: VoiceFlowContext, options: AskOptions = {}): Turn {
  const { introduction = [], phrasing = 'first' } = options;
  const speaker = new Speaker(context, state);
  if (state.step === 'message') return askForMessage(state, speaker, introduction);
  const { say, hints, seconds } = toQuestion(state, context, phrasing);
  const gather: Verb = {
    kind: 'gather',
    input: ['speech', 'dtmf'],
    language: state.language,
    // A code has no fixed length; the pound key ends it.
    ...(state.step === 'code' ? {} : { numDigits: 1 }),
    hints,
    timeoutSeconds: seconds,
    prompt: [...introduction, ...say],
  };
  return { state, verbs: [gather, { kind: 'redirect' }] };
}

function askForMessage(state: VoiceFlowState, speaker: Speaker, introduction: readonly SayVerb[]): Turn {
  const record: Verb = {
    kind: 'record',
    maxSeconds: MAX_MESSAGE_SECONDS,
    playBeep: true,
    silenceSeconds: MESSAGE_SILENCE_SECONDS,
    finishOnKey: MESSAGE_END_KEYS,
  };
  const invitation = speaker.say('messageInvitation', speaker.prompts.messageInvitation);
  return { state, verbs: [...introduction, invitation, record, { kind: 'redirect' }] };
}

/** Pauses because the customer asked to wait, then asks the same question in other words. */
export function wait(state: VoiceFlowState, context: VoiceFlowContext): Turn {
  const speaker = new Speaker(context, state);
  const turn = ask(state, context, { phrasing: 'again' });
  const waiting = speaker.say('waiting', speaker.prompts.waiting);
  return { state, verbs: [waiting, { kind: 'pause', seconds: WAIT_SECONDS }, ...turn.verbs] };
}

/** Says who calls and why, then asks the same question again. */
export function introduce(state: VoiceFlowState, context: VoiceFlowContext): Turn {
  const speaker = new Speaker(context, state);
  return ask(state, context, { introduction: [speaker.say('whoIsCalling', speaker.prompts.whoIsCalling(context))] });
}
