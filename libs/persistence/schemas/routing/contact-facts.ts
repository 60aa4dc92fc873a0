import type { CallOutcome, Instructions } from '#libs/contracts/index.js';

/** What a call itself found, by keys and confident answers. A later sequence holds everything that an earlier one held. */
export interface CallFindings {
  /** Of the event in the call's own order. */
  readonly sequence: number;
  readonly instructions: Instructions;
}

/** How an attempt ended; all instants are ISO 8601 in UTC. */
export interface CallEnd {
  readonly outcome: CallOutcome;
  readonly recordingExpected: boolean;
  readonly at: string;
}

/** The attempt was not dialed, by which rule, and from when it may be. */
export interface CallRefusal {
  readonly rule: string;
  readonly detail: string;
  readonly nextAllowedAt?: string;
}

/** What was understood of a recording or a text message. */
export interface UnderstoodWords {
  readonly text: string;
  readonly instructions: Instructions;
  /** Fields about which, as a person found, the customer said nothing. */
  readonly removed?: readonly string[];
  /** 1 is the analysis; each correction by a person is a version more, and replaces the ones before. */
  readonly version: number;
  readonly at: string;
}

export interface AttemptFacts {
  /** When telephony was asked for it. */
  readonly requestedAt?: string;
  readonly findings?: CallFindings;
  readonly end?: CallEnd;
  readonly refusal?: CallRefusal;
  readonly recordingId?: string;
  readonly words?: UnderstoodWords;
  /** No (timely) understanding of its recording will come: it cannot be read, is missing, or takes too long. */
  readonly isUnreadable?: true;
  /** Contacts that had reached the customer when a dispatcher had them called once more: they do not settle this call. */
  readonly reachedBefore?: readonly string[];
}

export interface MessageFacts {
  readonly receivedAt?: string;
  readonly text?: string;
  /** Where the customer chose by number. */
  readonly chosen?: Instructions;
  readonly words?: UnderstoodWords;
}

/** What was known of a delivery before its facts were kept one by one: documents of earlier versions have only the sum. */
export interface EarlierContact {
  /** Attempts that were over by then. */
  readonly attempts: number;
  readonly unrungAttempts: number;
  readonly customerReached: boolean;
  readonly contactOutcome?: string;
  readonly instructions?: Instructions;
  readonly transcript?: string;
  readonly recordingId?: string;
}

/** From where on facts are about the present window; what was said before it says nothing of when. */
export interface PlanStart {
  /** Attempts up to this one were about another window. */
  readonly afterAttempt: number;
  readonly since: string;
}

/**
 * Everything other apps reported of a delivery's customer, each fact once, by the attempt or message it is about. Facts only
 * accumulate: which of them arrived first cannot be seen so what is derived from them does not depend on it.
 */
export interface ContactFacts {
  readonly attempts: Readonly<Record<string, AttemptFacts>>;
  readonly messages: Readonly<Record<string, MessageFacts>>;
  readonly earlier?: EarlierContact;
  readonly planStart?: PlanStart;
}

/** What an agent was last told of what the customer wants. */
export interface AgentBriefing {
  readonly agentId: string;
  /** SHA-256 in hexadecimal of instructions, transcript and recording. */
  readonly digest: string;
}
