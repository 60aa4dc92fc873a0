import type { CallOutcome } from './call.values.js';

/** The state of a call attempt. */
export type CallState =
  | 'intended'
  /** The create request is in progress. */
  | 'dialing'
  /** The result of the create request is unknown; the phone may be ringing. */
  | 'unknown'
  | 'placed'
  | 'ringing'
  | 'in_progress'
  | 'completed';

export type { CallOutcome };

/** A call's state at the carrier, in the terms of the voice port. */
export type CarrierStatus =
  'queued' | 'initiated' | 'ringing' | 'in_progress' | 'completed' | 'busy' | 'no_answer' | 'failed' | 'canceled';

/** The kind of callee, as the carrier's answering-machine detection reports it. */
export type AnsweredBy = 'human' | 'machine' | 'fax' | 'unknown';

/** The ending of the conversation, as the voice flow reports it. `cut_short`: before the customer decided anything. */
export type ConversationEnding = 'finished' | 'message_left' | 'cut_short';

/** Whether the customer answered the first question. */
export type FirstQuestion = 'open' | 'answered';

/** A report about an attempt, by the carrier or by DelAuto. It may arrive repeatedly, late, or before its cause. */
export type CallEvent =
  | { readonly kind: 'dialing' }
  /** The create request got no reply. */
  | { readonly kind: 'create_timed_out' }
  | { readonly kind: 'create_accepted'; readonly carrierCallId: string }
  | { readonly kind: 'judged_not_placed' }
  | CarrierStatusEvent
  /** Answering-machine detection that is reported separately from the status. */
  | { readonly kind: 'answered_by'; readonly answeredBy: AnsweredBy }
  | {
      readonly kind: 'conversation_ended';
      readonly ending: ConversationEnding;
      /** Absent when no question was asked; nothing is concluded about the customer then. */
      readonly firstQuestion?: FirstQuestion | undefined;
    }
  /**
   * Something other than the customer may have ended the call: a webhook of DelAuto failed, the carrier used the
   * fallback URL, or a dispatcher intervened.
   */
  | { readonly kind: 'interrupted' };

/** A status report of the carrier. */
export interface CarrierStatusEvent {
  readonly kind: 'carrier_status';
  readonly carrierCallId: string;
  readonly status: CarrierStatus;
  /** The time of the status, as the carrier reports it. */
  readonly occurredAt: Date;
  /** The carrier's sequence number within the call. */
  readonly sequence?: number | undefined;
  readonly durationSeconds?: number | undefined;
  readonly answeredBy?: AnsweredBy | undefined;
  /** The called network's final SIP response. */
  readonly sipResponseCode?: number | undefined;
  /** Whether DelAuto polled for this status because the carrier's own report was lost or late. */
  readonly isAsked?: boolean | undefined;
  /** Whether the carrier reports an error for this call. */
  readonly isFaulty?: boolean | undefined;
}

/** The known facts about one attempt. A field only changes to a value of higher rank (see `joinFacts`). */
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
  /** The carrier reported the end without being polled. */
  readonly endReported: boolean;
  readonly durationSeconds: number | null;
  readonly sipResponseCode: number | null;
  readonly lastSequence: number | null;
  /** The earliest reported time of ringing, ISO 8601. */
  readonly ringingAt: string | null;
  /** The earliest reported time of the answer, ISO 8601. */
  readonly answeredAt: string | null;
  /** The earliest reported time of the end, ISO 8601. */
  readonly endedAt: string | null;
}

/** The statuses that end a call. */
export type CarrierEnd = Extract<CarrierStatus, 'completed' | 'busy' | 'no_answer' | 'failed' | 'canceled'>;

/** One call attempt: its facts, and the state derived from them. Plain JSON. */
export interface Call {
  readonly facts: CallFacts;
  readonly state: CallState;
  /** Set exactly when `state` is `completed`. */
  readonly outcome: CallOutcome | null;
}

/** An effect of an event, to be published. */
export type CallEffect =
  | { readonly kind: 'placed'; readonly carrierCallId: string }
  | { readonly kind: 'answered' }
  | { readonly kind: 'ended'; readonly outcome: CallOutcome }
  /** A late report outranks the one that ended the attempt. */
  | { readonly kind: 'outcome_revised'; readonly from: CallOutcome; readonly to: CallOutcome }
  /** The carrier has two calls for one attempt, which an operator must look at. */
  | { readonly kind: 'second_carrier_call'; readonly carrierCallId: string };
