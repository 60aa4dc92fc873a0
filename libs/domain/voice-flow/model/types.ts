import type { ReaderModel } from '#libs/domain/instructions/reading/reader-model.js';
import type { Language } from '#libs/domain/language/language.values.js';
import type { Interval } from '#libs/domain/time/index.js';

export type { Language };

/** The kind of callee, as the carrier's answering-machine detection (AMD) reports it. */
export type AnsweredBy = 'human' | 'machine' | 'fax' | 'unknown';

/** An instruction for the call. Verbs are executed in order and rendered to TwiML elsewhere. */
export type Verb =
  | SayVerb
  | GatherVerb
  | RecordVerb
  | { readonly kind: 'startRecording' }
  | { readonly kind: 'pause'; readonly seconds: number }
  | DialVerb
  /** Requests the next step at once, with the input `silence`. */
  | { readonly kind: 'redirect' }
  | { readonly kind: 'hangup' };

/** Speaks a prompt. */
export interface SayVerb {
  readonly kind: 'say';
  readonly promptKey: string;
  readonly text: string;
  readonly language: Language;
}

/** Listens for speech or keys during and after the prompt. The next input is `speech`, `digits` or `silence`. */
export interface GatherVerb {
  readonly kind: 'gather';
  readonly input: readonly ('speech' | 'dtmf')[];
  readonly language: Language;
  /** The number of keys after which the input ends without a further wait. */
  readonly numDigits?: number;
  /** Words that the speech recognizer should expect. */
  readonly hints?: readonly string[];
  /** Maximum wait for the first word or key after the prompt. */
  readonly timeoutSeconds: number;
  readonly prompt: readonly SayVerb[];
}

/** Records one spoken message. The next input is `recording_done`. */
export interface RecordVerb {
  readonly kind: 'record';
  readonly maxSeconds: number;
  readonly playBeep: boolean;
  /** The length of silence that ends the message. */
  readonly silenceSeconds: number;
  /** The keys that end the message. */
  readonly finishOnKey: string;
}

/** Connects the customer with a person. The next input is `transfer_ended`. */
export interface DialVerb {
  readonly kind: 'dial';
  /** E.164. */
  readonly number: string;
  /** Maximum ringing time. */
  readonly ringSeconds: number;
  /** Maximum duration of the connected call. */
  readonly maxSeconds: number;
}

/** An input of the voice flow: an event of the call since the last step. */
export type VoiceInput =
  | { readonly kind: 'call_answered'; readonly answeredBy: AnsweredBy }
  | {
      readonly kind: 'speech';
      readonly text: string;
      /** 0 to 1, as the carrier's recognizer reports it. */
      readonly confidence: number;
    }
  | { readonly kind: 'digits'; readonly digits: string }
  | { readonly kind: 'silence' }
  | {
      readonly kind: 'recording_done';
      readonly durationSeconds: number;
      /** The key that ended the recording, if any. */
      readonly digits?: string | undefined;
      readonly recordingId?: string | undefined;
    }
  | { readonly kind: 'hung_up' }
  /** A dispatcher takes the call over: connect the customer with this number, in E.164. */
  | { readonly kind: 'taken_over'; readonly number: string }
  /** The transfer is over. `connected` is whether a person took the call. */
  | { readonly kind: 'transfer_ended'; readonly connected: boolean }
  /** The answering machine's greeting is over, and it now records. */
  | { readonly kind: 'machine_beep' };

/** A window offered instead of the planned one. */
export interface OfferedSlot {
  readonly id: string;
  readonly window: Interval;
}

/**
 * The facts that a conversation depends on. They are the same for every turn of a call, except the time and the state
 * of the recording.
 */
export interface VoiceFlowContext {
  readonly organizationName: string;
  readonly customerName?: string | undefined;
  /** The parcel as spoken in a sentence, such as "your new lamp". Default "a parcel". */
  readonly parcel?: string | undefined;
  readonly planned: Interval;
  /** Loads the model that reads the customer's words. */
  readonly loadReader: () => ReaderModel;
  /** The IANA zone in which times are spoken. */
  readonly zone: string;
  readonly language: Language;
  /** Whether recording starts only after the customer agrees. Otherwise the greeting announces the recording. */
  readonly recordConsentNeeded: boolean;
  /** Whether recording is permitted at all. Default true. If not, recording is neither asked for nor announced. */
  readonly mayRecord?: boolean | undefined;
  /** Whether this is an inbound callback. */
  readonly customerCalled?: boolean | undefined;
  /** Whether a customer who will be there is asked for a safe place, too. Default false. */
  readonly askFallbackPlace?: boolean | undefined;
  /** Whether the access code is asked in a separate turn, during which the recording pauses. */
  readonly pauseForCodes?: boolean | undefined;
  /** Whether the call is being recorded. */
  readonly isRecorded?: boolean | undefined;
  /** The windows that may be offered instead of the planned one. At most three of them are offered. */
  readonly offeredSlots: readonly OfferedSlot[];
  /** The number for inbound callbacks, written as it should be spoken. */
  readonly callbackNumber?: string | undefined;
  /** The number, in E.164, for customers who ask for a person. Without it, they receive a text message instead. */
  readonly transferNumber?: string | undefined;
  /** The time of this turn, for "tomorrow" and "tonight". Default: the start of the planned window. */
  readonly now?: Date | undefined;
  /** Seconds since the call was answered; the flow ends the call before `maxCallSeconds`. */
  readonly elapsedSeconds?: number | undefined;
  /** The maximum duration of the call including the goodbye. Default 240. */
  readonly maxCallSeconds?: number | undefined;
}

/** The means by which the customer gave an answer. */
export type DecisionSource = 'keys' | 'speech';

interface Evidence {
  readonly source: DecisionSource;
  /** 1 for keys; for speech, the recognizer's confidence times the matcher's. */
  readonly confidence: number;
  /** The words or keys that the decision is based on. */
  readonly evidence: string;
}

/** The place where the parcel may be left; `spoken` if the customer's words name another place. */
export type SafePlaceChoice = 'front_door' | 'neighbour' | 'spoken';

/**
 * A decision of the customer, or a result of the call, for the app that owns the delivery. Decisions are in the order
 * in which they were made.
 */
export type Decision =
  | ({ readonly kind: 'presence'; readonly value: boolean } & Evidence)
  | ({ readonly kind: 'safe_place'; readonly value: SafePlaceChoice } & Evidence)
  | ({ readonly kind: 'reschedule'; readonly slot: OfferedSlot } & Evidence)
  /** The call leaves something open, so that a text message or a person must follow up. */
  | {
      readonly kind: 'follow_up';
      readonly reason: FollowUpReason;
      /** The customer's words for the time that they want instead. */
      readonly evidence?: string;
    }
  /** `wrong_number`: the number is not the customer's, so nothing that was said is an instruction. */
  | ({ readonly kind: 'opt_out'; readonly reason?: 'wrong_number' } & Evidence)
  /** The customer does not want the parcel, and has confirmed it. */
  | ({ readonly kind: 'refused'; readonly value: true } & Evidence)
  | ({ readonly kind: 'recording_consent'; readonly value: boolean } & Evidence)
  | {
      readonly kind: 'spoken_instruction';
      readonly text: string;
      readonly confidence: number;
      /** Whether the words say how to hand over the parcel. Otherwise they only repeat a decision or were not understood. */
      readonly isHandover?: boolean;
    }
  /** The customer asked for a person; `connected` is whether one took the call. */
  | { readonly kind: 'transfer'; readonly connected: boolean }
  /** A code that opens a gate or door. */
  | ({ readonly kind: 'access_code'; readonly value: string } & Evidence)
  /** A spoken message for the agent. */
  | { readonly kind: 'message_left'; readonly durationSeconds: number }
  | { readonly kind: 'voicemail_left' }
  | { readonly kind: 'completed' };

/** Why a follow-up is needed. */
export type FollowUpReason = 'not_understood' | 'no_slot_suits' | 'took_too_long' | 'wants_human';

/** The state of a conversation: small, plain JSON, because it is stored in the call log between turns. */
export interface VoiceFlowState {
  readonly step: VoiceFlowStep;
  readonly language: Language;
  /** Number of consecutive answers in this step that were not understood. */
  readonly misses: number;
  /** Number of turns so far; see `MAX_TURNS`. */
  readonly turns: number;
  /** Whether the callee reacted in a way in which an answering machine cannot. */
  readonly humanHeard: boolean;
  readonly presence?: boolean;
  readonly place?: SafePlaceChoice;
  /** Whether the customer has answered a question about the delivery. */
  readonly isAnswered?: boolean;
  /** Whether the customer does not know if someone will be there. */
  readonly isUndecided?: boolean;
  /** Who else will be there, in the customer's words as said back to them: "your wife". */
  readonly person?: string;
  /** The place in the customer's words as said back to them: "on the back porch". */
  readonly placeWords?: string;
  /** The place that is ruled out, in the customer's words as said back to them. */
  readonly excludedWords?: string;
  /** Words that the read-back does not repeat and that are passed on as they are. */
  readonly words?: string;
  /** The customer's words for the time that they want instead. */
  readonly wish?: string;
  /** Whether an access code was taken. */
  readonly codeNoted?: boolean;
  /** Whether the access code was asked in a separate turn. */
  readonly codeAsked?: boolean;
  /** Whether the customer left a spoken message. */
  readonly messageLeft?: boolean;
  /** An answer that awaits confirmation. */
  readonly pending?: PendingAnswer;
  readonly ending?: 'finished' | 'message_left' | 'cut_short';
}

/**
 * The question or phase that the conversation is in. `presence` is the open question, which may be answered with
 * everything at once. `presence_confirm` is stored only in calls that an earlier version began; it is read like
 * `presence_check`, but asked whether the pending value is right.
 */
export type VoiceFlowStep =
  | 'consent'
  | 'presence'
  | 'presence_check'
  | 'presence_confirm'
  | 'refusal_confirm'
  | 'slots'
  | 'slot_confirm'
  | 'placement'
  | 'instructions'
  | 'message'
  | 'code'
  | 'confirm'
  | 'transfer'
  | 'voicemail_wait'
  | 'ended';

/** An answer of medium confidence that the customer is asked to confirm. */
export type PendingAnswer =
  | { readonly kind: 'presence'; readonly value: boolean; readonly evidence: string }
  | { readonly kind: 'refusal'; readonly evidence: string }
  | { readonly kind: 'slot'; readonly slotId: string; readonly evidence: string };

/** The verbs to execute next, the state to store, and the new decisions of the customer. */
export interface Step {
  readonly state: VoiceFlowState;
  readonly verbs: readonly Verb[];
  readonly decisions: readonly Decision[];
}
