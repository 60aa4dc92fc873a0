import type { Instructions } from '#libs/contracts/index.js';
import type {
  AskBack,
  AttemptFacts,
  CallEnd,
  CallFindings,
  CallRefusal,
  ContactFacts,
  MessageFacts,
  UnderstoodWords,
} from '#libs/persistence/schemas/routing/contact-facts.js';

export const NO_FACTS: ContactFacts = { attempts: {}, messages: {} };

/** A fact about the contact with a customer, as another app reported it. */
export type ContactFact =
  | ({ readonly kind: 'call_findings'; readonly attemptId: string } & CallFindings)
  | ({
      readonly kind: 'call_ended';
      readonly attemptId: string;
      /** Position of the event in the sequence of its attempt. */
      readonly sequence: number;
      readonly instructions?: Instructions;
    } & CallEnd)
  | ({ readonly kind: 'call_refused'; readonly attemptId: string } & CallRefusal)
  | { readonly kind: 'recording_stored'; readonly attemptId: string; readonly recordingId: string }
  | { readonly kind: 'recording_unreadable'; readonly attemptId: string; readonly recordingId?: string | undefined }
  | ({
      readonly kind: 'words_understood';
      readonly attemptId: string;
      readonly recordingId?: string | undefined;
    } & UnderstoodWords)
  | {
      readonly kind: 'message_received';
      readonly messageId: string;
      readonly receivedAt: string;
      readonly text: string;
      readonly inReplyTo?: string | undefined;
      readonly chosen?: Instructions;
    }
  | ({ readonly kind: 'ask_back_requested'; readonly messageId: string } & AskBack)
  | { readonly kind: 'ask_back_unanswered'; readonly messageId: string }
  | ({ readonly kind: 'message_understood'; readonly messageId: string } & UnderstoodWords);

/**
 * Adds a fact. Commutative and idempotent: facts may arrive in any order and any number of times.
 * @returns the same object if the fact was already known
 */
export function addFact(facts: ContactFacts, fact: ContactFact): ContactFacts {
  if ('messageId' in fact) {
    const known = facts.messages[fact.messageId] ?? {};
    const message = addToMessage(known, fact);
    return message === known ? facts : { ...facts, messages: { ...facts.messages, [fact.messageId]: message } };
  }
  const known = facts.attempts[fact.attemptId] ?? {};
  const attempt = addToAttempt(known, fact);
  return attempt === known ? facts : { ...facts, attempts: { ...facts.attempts, [fact.attemptId]: attempt } };
}

type AttemptFact = Exclude<ContactFact, { readonly messageId: string }>;
type MessageFact = Extract<ContactFact, { readonly messageId: string }>;

function addToAttempt(known: AttemptFacts, fact: AttemptFact): AttemptFacts {
  switch (fact.kind) {
    case 'call_findings':
      return withFindings(known, fact.sequence, fact.instructions);
    case 'call_ended': {
      const { outcome, recordingExpected, at, sequence, instructions } = fact;
      const withInstructions = instructions ? withFindings(known, sequence, instructions) : known;
      return known.end ? withInstructions : { ...withInstructions, end: { outcome, recordingExpected, at } };
    }
    case 'call_refused': {
      const { rule, detail, nextAllowedAt } = fact;
      if (known.refusal) return known;
      return { ...known, refusal: { rule, detail, ...(nextAllowedAt === undefined ? {} : { nextAllowedAt }) } };
    }
    case 'recording_stored':
      return withRecording(known, fact.recordingId);
    case 'recording_unreadable': {
      const attempt = withRecording(known, fact.recordingId);
      return attempt.isUnreadable ? attempt : { ...attempt, isUnreadable: true };
    }
    case 'words_understood':
      return withWords(withRecording(known, fact.recordingId), fact);
  }
}

function addToMessage(known: MessageFacts, fact: MessageFact): MessageFacts {
  switch (fact.kind) {
    case 'message_understood':
      return withWords(known, fact);
    case 'message_received': {
      if (known.receivedAt !== undefined) return known;
      const { receivedAt, text, inReplyTo, chosen } = fact;
      const reply = inReplyTo === undefined ? {} : { inReplyTo };
      return { ...known, receivedAt, text, ...reply, ...(chosen ? { chosen } : {}) };
    }
    case 'ask_back_requested': {
      const { textId, at, until } = fact;
      return known.askBack ? known : { ...known, askBack: { textId, at, until } };
    }
    case 'ask_back_unanswered':
      return known.isUnanswered ? known : { ...known, isUnanswered: true };
  }
}

function withFindings(known: AttemptFacts, sequence: number, instructions: Instructions): AttemptFacts {
  if (known.findings && known.findings.sequence >= sequence) return known;
  return { ...known, findings: { sequence, instructions } };
}

function withRecording(known: AttemptFacts, recordingId: string | undefined): AttemptFacts {
  // An attempt has one recording. If two are reported, the greater id is kept, so that the order does not matter.
  return recordingId === undefined || recordingId <= (known.recordingId ?? '') ? known : { ...known, recordingId };
}

function withWords<T extends { readonly words?: UnderstoodWords }>(known: T, words: UnderstoodWords): T {
  if (known.words && !isNewer(words, known.words)) return known;
  const { text, instructions, language, removed, version, at } = words;
  const optional = { ...(language ? { language } : {}), ...(removed ? { removed } : {}) };
  return { ...known, words: { text, instructions, ...optional, version, at } };
}

/** Compares by version, then by time: if a version was analyzed twice, the later analysis is used. */
const isNewer = (one: UnderstoodWords, other: UnderstoodWords): boolean =>
  one.version > other.version || (one.version === other.version && one.at > other.at);
