import { PROMPTS, type PromptCatalog } from './prompts/index.js';
import type {
  Decision,
  FollowUpReason,
  OfferedSlot,
  SayVerb,
  Step,
  Verb,
  VoiceFlowContext,
  VoiceFlowState,
} from './model/types.js';

/** Wait for the first word or key of an answer. */
const ANSWER_SECONDS = 6;
/** Wait for the first word or key of instructions. */
const INSTRUCTION_SECONDS = 8;
/** Pause when the customer asks to wait. */
const WAIT_SECONDS = 8;
/** Maximum wait for the beep after answering-machine detection (AMD) reported a machine. */
const BEEP_WAIT_SECONDS = 40;
/** Maximum ringing time of the dispatcher's phone. */
const DISPATCHER_RING_SECONDS = 25;
/** Maximum duration of the conversation with the dispatcher. */
const MAX_DISPATCHER_CALL_SECONDS = 900;
/** Maximum number of offered slots. */
const MAX_SLOTS = 3;
/** Maximum length of a spoken message. */
const MAX_MESSAGE_SECONDS = 45;
/** The length of silence that ends a message. */
const MESSAGE_SILENCE_SECONDS = 4;
/** A call with a lower `maxCallSeconds` has no time for a spoken message. */
const MIN_CALL_SECONDS_FOR_MESSAGE = 120;

type Turn = Pick<Step, 'state' | 'verbs'>;

/** Whether the access code is asked in a separate turn, so that the recording can pause for it. */
export const asksForCode = ({ pauseForCodes = false, isRecorded = false }: VoiceFlowContext): boolean =>
  pauseForCodes && isRecorded;

/**
 * Whether the customer may leave a spoken message: the call has time for it, and the organization permits recording.
 */
export const canLeaveMessage = ({
  maxCallSeconds = MIN_CALL_SECONDS_FOR_MESSAGE,
  mayRecord = true,
}: VoiceFlowContext): boolean => mayRecord && maxCallSeconds >= MIN_CALL_SECONDS_FOR_MESSAGE;

/** Returns the slots to offer, at most three. */
export const getOfferedSlots = (context: VoiceFlowContext): readonly OfferedSlot[] =>
  context.offeredSlots.slice(0, MAX_SLOTS);

/** Builds prompts in the language of the state. */
export class Speaker {
  readonly prompts: PromptCatalog;

  constructor(
    private readonly context: VoiceFlowContext,
    private readonly state: VoiceFlowState,
  ) {
    this.prompts = PROMPTS[state.language];
  }

  say(promptKey: string, text: string): SayVerb {
    return { kind: 'say', promptKey, text, language: this.state.language };
  }

  get plannedWindow(): string {
    return this.prompts.window(this.context.planned, this.context.zone);
  }

  window(slot: OfferedSlot): string {
    return this.prompts.window(slot.window, this.context.zone);
  }
}

/**
 * Asks the question of the state's step.
 *
 * If a gather hears nothing, the carrier executes the redirect that follows it, so that silence arrives as an input.
 * @param introduction prompts spoken before the question
 */
export function ask(state: VoiceFlowState, context: VoiceFlowContext, introduction: readonly SayVerb[] = []): Turn {
  const speaker = new Speaker(context, state);
  if (state.step === 'message') return askForMessage(state, speaker, introduction);
  const { say, hints, seconds } = toQuestion(state, context, speaker);
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

/** `#` ends the message. `9` opts out, as at every step. */
const MESSAGE_END_KEYS = '#9';

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

interface Question {
  readonly say: readonly SayVerb[];
  readonly hints: readonly string[];
  readonly seconds: number;
}

function toQuestion(state: VoiceFlowState, context: VoiceFlowContext, speaker: Speaker): Question {
  const { prompts } = speaker;
  const yesNo = (...say: SayVerb[]): Question => ({ say, hints: prompts.hints.yesNo, seconds: ANSWER_SECONDS });
  switch (state.step) {
    case 'consent':
      return yesNo(
        speaker.say('consentQuestion', prompts.consentQuestion),
        speaker.say('consentKeys', prompts.consentKeys),
      );
    case 'presence':
      return yesNo(
        speaker.say('presenceQuestion', prompts.presenceQuestion),
        speaker.say('presenceKeys', prompts.presenceKeys),
      );
    case 'presence_confirm': {
      const value = state.pending?.kind === 'presence' && state.pending.value;
      return yesNo(speaker.say('presenceConfirm', prompts.presenceConfirm(value)));
    }
    case 'slots': {
      const slots = getOfferedSlots(context);
      const options = slots.map((slot, index) => prompts.slotOption(index + 1, speaker.window(slot)));
      return yesNo(
        speaker.say('slotsQuestion', prompts.slotsQuestion),
        ...options.map((text) => speaker.say('slotOption', text)),
        speaker.say('slotNoneOption', prompts.slotNoneOption(slots.length + 1)),
      );
    }
    case 'slot_confirm': {
      const pending = state.pending;
      const slot = pending?.kind === 'slot' ? context.offeredSlots.find(({ id }) => id === pending.slotId) : undefined;
      return yesNo(
        speaker.say('slotConfirm', prompts.slotConfirm(slot ? speaker.window(slot) : speaker.plannedWindow)),
      );
    }
    case 'placement':
      return {
        say: [
          speaker.say('placementQuestion', prompts.placementQuestion),
          speaker.say('placementKeys', prompts.placementKeys),
          ...(canLeaveMessage(context) ? [speaker.say('messageKey', prompts.messageKey)] : []),
        ],
        hints: prompts.hints.placement,
        seconds: ANSWER_SECONDS,
      };
    case 'instructions':
      return {
        say: [
          asksForCode(context)
            ? speaker.say('instructionsWithoutCode', prompts.instructionsWithoutCode)
            : speaker.say('instructionsQuestion', prompts.instructionsQuestion),
        ],
        hints: prompts.hints.placement,
        seconds: INSTRUCTION_SECONDS,
      };
    case 'code':
      return {
        say: [speaker.say('codeQuestion', prompts.codeQuestion)],
        hints: prompts.hints.yesNo,
        seconds: INSTRUCTION_SECONDS,
      };
    case 'confirm': {
      const { presence, place, words, messageLeft } = state;
      const readBack = prompts.readBack({
        presence,
        place: place === 'spoken' ? undefined : place,
        words,
        messageLeft: messageLeft ?? false,
      });
      return yesNo(speaker.say('readBack', readBack), speaker.say('confirmKeys', prompts.confirmKeys));
    }
    case 'message':
    case 'transfer':
    case 'voicemail_wait':
    case 'ended':
      return { say: [], hints: [], seconds: 0 };
  }
}

/** Greets, says who calls and why, announces the recording where required, and asks the first question. */
export function greet(state: VoiceFlowState, context: VoiceFlowContext): Turn {
  const speaker = new Speaker(context, state);
  const { prompts } = speaker;
  const key = context.customerCalled ? 'ringBackGreeting' : 'greeting';
  const greeting = speaker.say(key, prompts[key]({ ...context, window: speaker.plannedWindow }));
  const optOutNotice = speaker.say('optOutHint', prompts.optOutHint);
  if (context.recordConsentNeeded || context.mayRecord === false) return ask(state, context, [greeting, optOutNotice]);
  const notice = speaker.say('recordingNotice', prompts.recordingNotice);
  const turn = ask(state, context, [optOutNotice]);
  // The customer must hear the notice before the recording starts.
  return { state, verbs: [greeting, notice, { kind: 'startRecording' }, ...turn.verbs] };
}

/** Pauses because the customer asked to wait, then asks the same question again. */
export function wait(state: VoiceFlowState, context: VoiceFlowContext): Turn {
  const speaker = new Speaker(context, state);
  const turn = ask(state, context);
  const waiting = speaker.say('waiting', speaker.prompts.waiting);
  return { state, verbs: [waiting, { kind: 'pause', seconds: WAIT_SECONDS }, ...turn.verbs] };
}

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

/** Says who calls and why, then asks the same question again. */
export function introduce(state: VoiceFlowState, context: VoiceFlowContext): Turn {
  const speaker = new Speaker(context, state);
  return ask(state, context, [speaker.say('whoIsCalling', speaker.prompts.whoIsCalling(context))]);
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

/** Speaks the closing prompts and ends the call. */
export function finish(
  state: VoiceFlowState,
  context: VoiceFlowContext,
  closing: 'thanks' | 'followUp' | 'nobodyFree' | 'optedOut' | { readonly rescheduled: OfferedSlot },
  decisions: readonly Decision[] = [],
): Step {
  const speaker = new Speaker(context, state);
  const closingPrompts: SayVerb[] =
    typeof closing === 'object'
      ? [
          speaker.say('rescheduled', speaker.prompts.rescheduled(speaker.window(closing.rescheduled))),
          speaker.say('thanks', speaker.prompts.thanks),
        ]
      : [
          speaker.say(closing, speaker.prompts[closing]),
          ...(closing === 'nobodyFree' ? [speaker.say('followUp', speaker.prompts.followUp)] : []),
        ];
  return {
    state: { ...state, step: 'ended', ending: 'finished' },
    verbs: [...closingPrompts, { kind: 'hangup' }],
    decisions: [...decisions, { kind: 'completed' }],
  };
}

/** Ends a call that leaves the question open and announces a text message. Decisions made so far are kept. */
export const endWithFollowUp = (
  state: VoiceFlowState,
  context: VoiceFlowContext,
  reason: FollowUpReason,
  decisions: readonly Decision[] = [],
): Step => finish(state, context, 'followUp', [...decisions, { kind: 'follow_up', reason }]);
