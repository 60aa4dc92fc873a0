import type { SayVerb, Verb, VoiceFlowContext, VoiceFlowState } from '../model/types.js';
import { ask, type Turn } from './ask.js';
import { Speaker } from './speaker.js';

/** Maximum words of the opening: 12 seconds at 150 words a minute. */
export const MAX_OPENING_WORDS = 30;

/**
 * Says who calls whom and why, how to opt out, and asks whether the call may be recorded. Where consent is not needed,
 * it announces the recording instead; where recording is not permitted, it does neither.
 */
export function greet(state: VoiceFlowState, context: VoiceFlowContext): Turn {
  const speaker = new Speaker(context, state);
  const { prompts } = speaker;
  const optOut = speaker.say('optOutHint', prompts.optOutHint);
  const mayRecord = context.mayRecord ?? true;
  const aboutRecording = !mayRecord
    ? []
    : context.recordConsentNeeded
      ? [speaker.say('consentQuestion', prompts.consentQuestion)]
      : [speaker.say('recordingNotice', prompts.recordingNotice)];
  const greeting = toGreeting(speaker, context, [optOut, ...aboutRecording]);
  if (!mayRecord || context.recordConsentNeeded) return ask(state, context, { introduction: [greeting, optOut] });
  const turn = ask(state, context, { introduction: [optOut] });
  // The customer must hear the notice before the recording starts.
  const verbs: Verb[] = [greeting, ...aboutRecording, { kind: 'startRecording' }, ...turn.verbs];
  return { state, verbs };
}

/**
 * The greeting with as many of the names as leave the opening short enough. The organization is always named.
 * @param others the other prompts of the opening
 */
function toGreeting(speaker: Speaker, context: VoiceFlowContext, others: readonly SayVerb[]): SayVerb {
  const key = context.customerCalled ? 'ringBackGreeting' : 'greeting';
  const { organizationName, customerName, parcel } = context;
  const withoutNames = speaker.prompts[key]({ organizationName });
  const options = [{ customerName, parcel }, { customerName }, { parcel }].map((names) =>
    speaker.prompts[key]({ organizationName, ...names }),
  );
  const budget = MAX_OPENING_WORDS - countWords(others.map(({ text }) => text).join(' '));
  return speaker.say(key, options.find((text) => countWords(text) <= budget) ?? withoutNames);
}

const countWords = (text: string): number => text.split(/\s+/).filter((word) => word !== '').length;
