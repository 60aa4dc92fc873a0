import type { CallOutcome } from './call.values.js';

export type CallState =
  | 'intended'
  /** The create request is under way. */
  | 'dialing'
  /** The create request's fate is unknown; the phone may be ringing. */
  | 'unknown'
  | 'placed'
  | 'ringing'
  | 'in_progress'
  | 'completed';

export type { CallOutcome };

/** A call's state at the carrier, in the words of the voice port. */
export type CarrierStatus =
  'queued' | 'initiated' | 'ringing' | 'in_progress' | 'completed' | 'busy' | 'no_answer' | 'failed' | 'canceled';

export type AnsweredBy = 'human' | 'machine' | 'fax' | 'unknown';

/** How the conversation on our side ended. */
export type ConversationEnding = 'finished' | 'message_left' | 'cut_short';

/** Whether an answer of the customer to the first question was taken. */
export type FirstQuestion = 'open' | 'answered';

/** What is said about an attempt, by the carrier or by ourselves; each may come twice, late, or before its cause. */
export type CallEvent =
  | { readonly kind: 'dialing' }
  /** The create request got no answer. */
  | { readonly kind: 'create_timed_out' }
  | { readonly kind: 'create_accepted'; readonly carrierCallId: string }
  | { readonly kind: 'judged_not_placed' }
  | CarrierStatusEvent
  /** Answering machine detection that is reported apart from the status. */
  | { readonly kind: 'answered_by'; readonly answeredBy: AnsweredBy }
  | {
      readonly kind: 'conversation_ended';
      readonly ending: ConversationEnding;
      /** Absent where no question was put: nothing is claimed about the customer then. */
      readonly firstQuestion?: FirstQuestion | undefined;
    }
  /**
   * Something other than the customer may have ended the call: a webhook of ours failed, the carrier asked at the
   * fallback, or a dispatcher stepped in.
   */
  | { readonly kind: 'interrupted' };

export interface CarrierStatusEvent {
  readonly kind: 'carrier_status';
  readonly carrierCallId: string;
  readonly status: CarrierStatus;
  /** When the carrier saw it. */
  readonly occurredAt: Date;
  /** The carrier's order within the call. */
  readonly sequence?: number | undefined;
  readonly durationSeconds?: number | undefined;
  readonly answeredBy?: AnsweredBy | undefined;
  /** The called network's final response. */
  readonly sipResponseCode?: number | undefined;
  /** We asked for it: the carrier's own report was lost or is late. */
  readonly isAsked?: boolean | undefined;
  /** The carrier names an error of this call. */
  readonly isFaulty?: boolean | undefined;
}

/** What is known about one attempt: every field only ever grows (see `joinFacts`). */
export interface CallFacts {
  readonly progress: Exclude<CallState, 'completed'>;
  readonly carrierCallId: string | null;
  readonly carrierEnd: CarrierEnd | null;
  readonly judgedNotPlaced: boolean;
  readonly answeredBy: AnsweredBy | null;
  readonly ending: ConversationEnding | null;
  readonly firstQuestion: FirstQuestion | null;
  /** Something other than the customer may have ended the call. */
  readonly interrupted: boolean;
  /** The carrier reported the end by itself; we did not have to ask for it. */
  readonly endReported: boolean;
  readonly durationSeconds: number | null;
  readonly sipResponseCode: number | null;
  readonly lastSequence: number | null;
  /** Earliest instants known, ISO 8601. */
  readonly ringingAt: string | null;
  readonly answeredAt: string | null;
  readonly endedAt: string | null;
}

export type CarrierEnd = Extract<CarrierStatus, 'completed' | 'busy' | 'no_answer' | 'failed' | 'canceled'>;

/** One call attempt: its facts and what follows from them. Plain JSON. */
export interface Call {
  readonly facts: CallFacts;
  readonly state: CallState;
  /** Set exactly when `state` is `completed`. */
  readonly outcome: CallOutcome | null;
}

export type CallEffect =
  | { readonly kind: 'placed'; readonly carrierCallId: string }
  | { readonly kind: 'answered' }
  | { readonly kind: 'ended'; readonly outcome: CallOutcome }
  /** A late report ranks higher than what ended the attempt. */
  | { readonly kind: 'outcome_revised'; readonly from: CallOutcome; readonly to: CallOutcome }
  /** Two calls at the carrier for one attempt: page somebody. */
  | { readonly kind: 'second_carrier_call'; readonly carrierCallId: string };
