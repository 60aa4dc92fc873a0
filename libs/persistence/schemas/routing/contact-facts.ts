import type { CallOutcome, Instructions, TimeWindow } from '#libs/contracts/index.js';
import type { Language } from '#libs/domain/language/language.values.js';
import type { AskedDecision, ConfirmationState } from '#libs/domain/text-messages/text-message.values.js';

/**
 * Instructions found during a call, from keys and from speech that was recognized with confidence. A later sequence
 * includes all earlier findings.
 */
export interface CallFindings {
  /** Sequence of the call's event. */
  readonly sequence: number;
  readonly instructions: Instructions;
}

/** The end of an attempt. Instants are ISO 8601 in UTC. */
export interface CallEnd {
  readonly outcome: CallOutcome;
  readonly recordingExpected: boolean;
  readonly at: string;
}

/** Why an attempt was not dialed, and when it may be dialed. */
export interface CallRefusal {
  readonly rule: string;
  readonly detail: string;
  readonly nextAllowedAt?: string;
}

/** The analysis of a recording or a text message. */
export interface UnderstoodWords {
  readonly text: string;
  readonly instructions: Instructions;
  /** The language of the words, if it was recognized. */
  readonly language?: Language;
  /** Fields that a reviewer removed, because the customer said nothing about them. */
  readonly removed?: readonly string[];
  /** 1 for the analysis. Each correction by a person adds a version, which replaces the previous ones. */
  readonly version: number;
  readonly at: string;
}

/** The facts about one attempt. Instants are ISO 8601 in UTC. */
export interface AttemptFacts {
  /** When the call was requested from telephony. */
  readonly requestedAt?: string;
  readonly findings?: CallFindings;
  readonly end?: CallEnd;
  readonly refusal?: CallRefusal;
  readonly recordingId?: string;
  readonly words?: UnderstoodWords;
  /**
   * Set when the recording is unreadable or missing, or its analysis takes too long: routing no longer waits for it.
   */
  readonly isUnreadable?: true;
  /** Contacts that had reached the customer before a dispatcher requested this call. They do not replace this call. */
  readonly reachedBefore?: readonly string[];
}

/** The text that asked the customer to confirm a message. Instants are ISO 8601 in UTC. */
export interface AskBack {
  readonly textId: string;
  readonly at: string;
  /** Until when the delivery is held for the answer. */
  readonly until: string;
}

/** The customer's latest wish by text that needs a confirmation. Derived from the facts. */
export interface StoredConfirmation {
  readonly messageId: string;
  readonly decision: AskedDecision;
  /** For `reschedule`: absent if the customer named no time. */
  readonly window?: TimeWindow;
  readonly state: ConfirmationState;
  /** When the customer was asked. Absent if they could not be asked. */
  readonly askedAt?: string;
  readonly heldUntil?: string;
}

/** The facts about one text message. */
export interface MessageFacts {
  readonly receivedAt?: string;
  readonly text?: string;
  /** The latest text that had been sent to the customer about the delivery when they wrote this message. */
  readonly inReplyTo?: string;
  /** Set when routing requested the text that asks the message back. There is one such text per message. */
  readonly askBack?: AskBack;
  /** Set when the wait for an answer to the ask-back ended, or the customer could not be asked. */
  readonly isUnanswered?: true;
  /** Set when the customer replied with the number of an option. */
  readonly chosen?: Instructions;
  readonly words?: UnderstoodWords;
}

/**
 * The summary of a delivery's contacts from before facts were stored one by one. Documents of earlier versions have
 * only this summary.
 */
export interface EarlierContact {
  /** Attempts that had ended by then. */
  readonly attempts: number;
  readonly unrungAttempts: number;
  readonly customerReached: boolean;
  readonly contactOutcome?: string;
  readonly instructions?: Instructions;
  readonly transcript?: string;
  readonly recordingId?: string;
}

/** The start of the current plan. Facts about earlier plans do not apply to the current window. */
export interface PlanStart {
  /** Attempts up to this number were about another window. */
  readonly afterAttempt: number;
  readonly since: string;
}

/**
 * Everything that other apps reported about contacts with the customer of a delivery, each fact once, by attempt or
 * message. Facts are only added, and their order of arrival is not stored, so the state that is folded from them does
 * not depend on it.
 */
export interface ContactFacts {
  readonly attempts: Readonly<Record<string, AttemptFacts>>;
  readonly messages: Readonly<Record<string, MessageFacts>>;
  readonly earlier?: EarlierContact;
  readonly planStart?: PlanStart;
}

/** The customer's instructions as the agent was last notified of them. */
export interface AgentBriefing {
  readonly agentId: string;
  /** SHA-256 of instructions, transcript and recording, in hexadecimal. */
  readonly digest: string;
}
