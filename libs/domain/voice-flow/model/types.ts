import type { Language } from '#libs/domain/language/language.values.js';
import type { Interval } from '#libs/domain/time/index.js';

export type { Language };

/** Who picked up, by the carrier's detection of answering machines. */
export type AnsweredBy = 'human' | 'machine' | 'fax' | 'unknown';

/** What to do on the call, in order; rendered to the carrier's language elsewhere. */
export type Verb =
  | SayVerb
  | GatherVerb
  | RecordVerb
  | { readonly kind: 'startRecording' }
  | { readonly kind: 'pause'; readonly seconds: number }
  | DialVerb
  /** Ask for the next step at once; the input is `silence`. */
  | { readonly kind: 'redirect' }
  | { readonly kind: 'hangup' };

export interface SayVerb {
  readonly kind: 'say';
  readonly promptKey: string;
  readonly text: string;
  readonly language: Language;
}

/** Listens for speech or keys while and after the prompt is spoken; answers with `speech`, `digits` or `silence`. */
export interface GatherVerb {
  readonly kind: 'gather';
  readonly input: readonly ('speech' | 'dtmf')[];
  readonly language: Language;
  /** How many keys end the input at once. */
  readonly numDigits?: number;
  /** Words the recogniser should expect. */
  readonly hints?: readonly string[];
  /** How long to wait for the first word or key. */
  readonly timeoutSeconds: number;
  readonly prompt: readonly SayVerb[];
}

/** Records one spoken message; answers with `recording_done`. */
export interface RecordVerb {
  readonly kind: 'record';
  readonly maxSeconds: number;
  readonly playBeep: boolean;
  /** Silence that ends the message. */
  readonly silenceSeconds: number;
  /** The keys that end the message. */
  readonly finishOnKey: string;
}

/** Connects the customer with somebody; answers with `transfer_ended`. */
export interface DialVerb {
  readonly kind: 'dial';
  /** E.164. */
  readonly number: string;
  /** How long it may ring there. */
  readonly ringSeconds: number;
  /** How long the two may talk. */
  readonly maxSeconds: number;
}

export type VoiceInput =
  | { readonly kind: 'call_answered'; readonly answeredBy: AnsweredBy }
  | {
      readonly kind: 'speech';
      readonly text: string;
      /** 0–1, the recogniser's. */
      readonly confidence: number;
    }
  | { readonly kind: 'digits'; readonly digits: string }
  | { readonly kind: 'silence' }
  | {
      readonly kind: 'recording_done';
      readonly durationSeconds: number;
      /** The key that ended it, if one did. */
      readonly digits?: string | undefined;
      readonly recordingId?: string | undefined;
    }
  | { readonly kind: 'hung_up' }
  /** A dispatcher wants to talk to the customer: connect them with this number, E.164. */
  | { readonly kind: 'taken_over'; readonly number: string }
  /** The customer was to be connected; `connected` says whether somebody took the call. */
  | { readonly kind: 'transfer_ended'; readonly connected: boolean }
  /** The answering machine's greeting is over; what is said now is kept. */
  | { readonly kind: 'machine_beep' };

/** A window offered instead of the planned one. */
export interface OfferedSlot {
  readonly id: string;
  readonly window: Interval;
}

/** What a call is about. The same on every turn of one call. */
export interface VoiceFlowContext {
  readonly organizationName: string;
  readonly customerName?: string | undefined;
  /** What comes, as said in a sentence: "your new lamp". Without it "a parcel". */
  readonly parcel?: string | undefined;
  readonly planned: Interval;
  /** The IANA zone in which times are spoken. */
  readonly zone: string;
  readonly language: Language;
  /** Ask before recording, and record only after a yes. Otherwise the greeting says that the call is recorded. */
  readonly recordConsentNeeded: boolean;
  /** False where nothing is to be recorded: then nobody is asked or told. */
  readonly mayRecord?: boolean | undefined;
  /** They rang us. */
  readonly customerCalled?: boolean | undefined;
  /** Ask for an access code by itself, while the recording pauses. */
  readonly pauseForCodes?: boolean | undefined;
  /** The call is being recorded. */
  readonly isRecorded?: boolean | undefined;
  /** At most three are offered. */
  readonly offeredSlots: readonly OfferedSlot[];
  /** The number to ring back, as it should be spoken. */
  readonly callbackNumber?: string | undefined;
  /** Where whoever wants a person is connected to, E.164; without it they are told that a text follows. */
  readonly transferNumber?: string | undefined;
  /** When this turn happens, for "tomorrow" and "tonight"; without it they are read as of the planned window. */
  readonly now?: Date | undefined;
  /** Seconds since the call was answered: a call that grows too long is brought to its end. */
  readonly elapsedSeconds?: number | undefined;
  /** How long the call may last, the goodbye included; 240 if it is not said. */
  readonly maxCallSeconds?: number | undefined;
}

export type DecisionSource = 'keys' | 'speech';

interface Said {
  readonly source: DecisionSource;
  /** 1 for keys, the recogniser's times the matcher's for speech. */
  readonly confidence: number;
  /** The words or keys it rests on. */
  readonly evidence: string;
}

export type SafePlaceChoice = 'front_door' | 'neighbour' | 'spoken';

/** What the customer decided; facts for the owner of the delivery, in the order in which they were made. */
export type Decision =
  | ({ readonly kind: 'presence'; readonly value: boolean } & Said)
  | ({ readonly kind: 'safe_place'; readonly value: SafePlaceChoice } & Said)
  | ({ readonly kind: 'reschedule'; readonly slot: OfferedSlot } & Said)
  /** No offered slot suits: somebody must get in touch. */
  | { readonly kind: 'follow_up'; readonly reason: FollowUpReason }
  | ({ readonly kind: 'opt_out' } & Said)
  | ({ readonly kind: 'recording_consent'; readonly value: boolean } & Said)
  | { readonly kind: 'spoken_instruction'; readonly text: string; readonly confidence: number }
  /** The customer asked for a person: whether they were connected with one. */
  | { readonly kind: 'transfer'; readonly connected: boolean }
  /** What opens a gate or a door. */
  | ({ readonly kind: 'access_code'; readonly value: string } & Said)
  /** A spoken message for whoever delivers. */
  | { readonly kind: 'message_left'; readonly durationSeconds: number }
  | { readonly kind: 'voicemail_left' }
  | { readonly kind: 'completed' };

export type FollowUpReason = 'not_understood' | 'no_slot_suits' | 'took_too_long' | 'wants_human';

/** Where in the conversation a call stands. Small plain JSON: it lives in the call's record between two turns. */
export interface VoiceFlowState {
  readonly step: VoiceFlowStep;
  readonly language: Language;
  /** Answers in this step that were not understood. */
  readonly misses: number;
  /** Turns so far; bounds every call. */
  readonly turns: number;
  /** Whether somebody reacted in a way that no answering machine does. */
  readonly humanHeard: boolean;
  readonly presence?: boolean;
  readonly place?: SafePlaceChoice;
  /** The customer's own words, to be read back. */
  readonly words?: string;
  /** The code was asked for by itself. */
  readonly codeAsked?: boolean;
  /** They left a spoken message. */
  readonly messageLeft?: boolean;
  /** What waits for a yes. */
  readonly pending?: PendingAnswer;
  readonly ending?: 'finished' | 'message_left' | 'cut_short';
}

export type VoiceFlowStep =
  | 'consent'
  | 'presence'
  | 'presence_confirm'
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

export type PendingAnswer =
  | { readonly kind: 'presence'; readonly value: boolean; readonly evidence: string }
  | { readonly kind: 'slot'; readonly slotId: string; readonly evidence: string };

/** What to do next on the call, and what the customer has just decided. */
export interface Step {
  readonly state: VoiceFlowState;
  readonly verbs: readonly Verb[];
  readonly decisions: readonly Decision[];
}
