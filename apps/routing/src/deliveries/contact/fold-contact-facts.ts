import { hasCustomerWishes, type CallOutcome, type Instructions } from '#libs/contracts/index.js';
import { hasConversation } from '#libs/domain/delivery-lifecycle/index.js';
import type {
  AttemptFacts,
  ContactFacts,
  EarlierContact,
  MessageFacts,
  PlanStart,
} from '#libs/persistence/schemas/routing/contact-facts.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { mergeInstructions, withoutFields, withoutGuesses, withoutTimes } from './merge-instructions.js';

type EarlyHangUps = NonNullable<DeliveryDocument['earlyHangUps']>;

/** What all facts of a delivery's customer come to. */
export interface ContactSummary {
  /** What the customer wants, as far as it counts yet. */
  readonly instructions?: Instructions;
  /** The newest words of the customer. */
  readonly transcript?: string;
  /** The newest recording of them. */
  readonly recordingId?: string;
  /** Whether about the present window; what was settled about an earlier one does not count. */
  readonly customerReached: boolean;
  /** The calls and messages that did. */
  readonly reachedBy: readonly string[];
  readonly contactOutcome?: string;
  /** Attempts of any plan that never rang. */
  readonly unrungAttempts: number;
  /** The customer hung up during the first words, and did not answer since. */
  readonly earlyHangUps?: EarlyHangUps;
  /** Attempts about the present window whose recordings will still be understood. */
  readonly unreadAttempts: readonly string[];
}

/** One contact with the customer: a call or a message, at its place in time. */
interface Contact {
  readonly at: string;
  readonly id: string;
  readonly isOfThisPlan: boolean;
  readonly statements: readonly Statement[];
  readonly outcome?: string;
  readonly isReached: boolean;
  readonly recordingId?: string;
}

/** What was said at one place in time, by keys or in words. */
interface Statement {
  readonly instructions: Instructions;
  readonly removed?: readonly string[];
  readonly text?: string;
}

/** After every instant: a call that is under way. */
const UNDER_WAY = '9999';

/**
 * What the facts come to, as if they had been reported in the order in which the customer said them. What is understood of a
 * call's recording counts once the call is known to be over: half a conversation decides nothing, and a call that broke off
 * is seen to have done so.
 *
 * @param deliveryId names the delivery's own attempts, see `attemptIdOf`
 */
export function foldContactFacts(facts: ContactFacts, deliveryId: string): ContactSummary {
  const contacts = contactsOf(facts, deliveryId);
  const { earlier } = facts;
  const statements = contacts.flatMap((contact) =>
    contact.statements.map((statement) => ({ ...statement, isOfThisPlan: contact.isOfThisPlan })),
  );
  const instructions = statements.reduce<Instructions | undefined>((known, { instructions: said, ...statement }) => {
    const counting = statement.isOfThisPlan ? said : withoutTimes(said);
    const kept = withoutFields(known, statement.removed ?? []);
    return mergeInstructions(kept, counting);
  }, earlier?.instructions);
  const transcript = statements.findLast(({ text }) => text !== undefined && text !== '')?.text ?? earlier?.transcript;
  const recordingId =
    contacts.findLast((contact) => contact.recordingId !== undefined)?.recordingId ?? earlier?.recordingId;
  const ofThisPlan = contacts.filter(({ isOfThisPlan }) => isOfThisPlan);
  const reachedBy = ofThisPlan.filter(({ isReached }) => isReached).map(({ id }) => id);
  const last = ofThisPlan.findLast(({ isReached }) => isReached) ?? ofThisPlan.findLast(({ outcome }) => outcome);
  const contactOutcome = last?.outcome ?? earlier?.contactOutcome;
  const earlyHangUps = earlyHangUpsOf(facts, deliveryId);
  return {
    ...(instructions ? { instructions } : {}),
    ...(transcript === undefined ? {} : { transcript }),
    ...(recordingId === undefined ? {} : { recordingId }),
    customerReached: (earlier?.customerReached ?? false) || reachedBy.length > 0,
    reachedBy,
    ...(contactOutcome === undefined ? {} : { contactOutcome }),
    unrungAttempts: (earlier?.unrungAttempts ?? 0) + Object.values(facts.attempts).filter(isUnrung).length,
    ...(earlyHangUps ? { earlyHangUps } : {}),
    unreadAttempts: Object.entries(facts.attempts)
      .filter(([id, attempt]) => isOfPlan(id, attempt, facts.planStart, deliveryId) && isUnread(attempt))
      .map(([id]) => id),
  };
}

/** Whether the attempt is known to be over. What is understood of its words counts from then on. */
export const isAttemptOver = (facts: ContactFacts, attemptId: string, deliveryId: string): boolean => {
  const { end, refusal } = facts.attempts[attemptId] ?? {};
  return end !== undefined || refusal !== undefined || isOfEarlier(facts.earlier, attemptId, deliveryId);
};

/** In the order in which they were had. */
function contactsOf(facts: ContactFacts, deliveryId: string): Contact[] {
  const calls = Object.entries(facts.attempts).map(([id, attempt]) => callContact(facts, id, attempt, deliveryId));
  const messages = Object.entries(facts.messages).map(([id, message]) => messageContact(facts, id, message));
  return [...calls, ...messages].sort((a, b) => compare(a.at, b.at) || compare(a.id, b.id));
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

function callContact(facts: ContactFacts, id: string, attempt: AttemptFacts, deliveryId: string): Contact {
  const { findings, end, words: heard, recordingId } = attempt;
  const words = isAttemptOver(facts, id, deliveryId) ? heard : undefined;
  // Guesses made during the call are outdated by what was understood of the whole of it.
  const found = words && findings ? withoutGuesses(findings.instructions) : findings?.instructions;
  return {
    at: end?.at ?? UNDER_WAY,
    id,
    isOfThisPlan: isOfPlan(id, attempt, facts.planStart, deliveryId),
    statements: [...(found ? [{ instructions: found }] : []), ...(words ? [words] : [])],
    ...(end && (isOwn(id, deliveryId) || isContact(end.outcome)) ? { outcome: end.outcome } : {}),
    isReached: end !== undefined && isContact(end.outcome),
    ...(recordingId === undefined ? {} : { recordingId }),
  };
}

function messageContact({ planStart }: ContactFacts, id: string, message: MessageFacts): Contact {
  const { receivedAt, text, chosen, words } = message;
  const statements: Statement[] = [
    ...(chosen ? [{ instructions: chosen, ...(text === undefined ? {} : { text }) }] : []),
    ...(words ? [words] : []),
  ];
  const at = receivedAt ?? words?.at ?? UNDER_WAY;
  const isReached = statements.some(({ instructions }) => hasCustomerWishes(instructions));
  return {
    ...{ at, id, statements, isReached },
    isOfThisPlan: planStart === undefined || at >= planStart.since,
    ...(isReached ? { outcome: 'text' } : {}),
  };
}

const isContact = (outcome: CallOutcome): boolean => outcome === 'answered';

/** Whether it is a call of ours to the customer, not theirs to us. */
const isOwn = (attemptId: string, deliveryId: string): boolean => attemptId.startsWith(`${deliveryId}.`);

const numberOf = (attemptId: string, deliveryId: string): number => Number(attemptId.slice(deliveryId.length + 1));

const isOfEarlier = (earlier: EarlierContact | undefined, attemptId: string, deliveryId: string): boolean =>
  earlier !== undefined && (!isOwn(attemptId, deliveryId) || numberOf(attemptId, deliveryId) <= earlier.attempts);

/** Whether the customer was asked about the present window. */
function isOfPlan(
  id: string,
  { end, words }: AttemptFacts,
  planStart: PlanStart | undefined,
  deliveryId: string,
): boolean {
  if (planStart === undefined) return true;
  if (isOwn(id, deliveryId)) return numberOf(id, deliveryId) > planStart.afterAttempt;
  return (end?.at ?? words?.at ?? UNDER_WAY) >= planStart.since;
}

const isUnrung = ({ end, refusal }: AttemptFacts): boolean => refusal !== undefined || end?.outcome === 'not_placed';

/** Of all plans of the delivery, since the customer last answered a call of ours. */
function earlyHangUpsOf({ attempts, earlier }: ContactFacts, deliveryId: string): EarlyHangUps | undefined {
  const own = Object.entries(attempts)
    .filter(([id]) => isOwn(id, deliveryId))
    .map(([id, attempt]) => ({ ...attempt, number: numberOf(id, deliveryId) }))
    .sort((a, b) => a.number - b.number);
  const answered = own.findLastIndex(({ end }) => end?.outcome === 'answered');
  const hangUps = own.slice(answered + 1).filter(({ end }) => end?.outcome === 'hung_up_early');
  const last = hangUps.at(-1);
  if (!last?.end) return undefined;
  const unrungBefore = own.filter((attempt) => attempt.number <= last.number && isUnrung(attempt)).length;
  return {
    count: hangUps.length,
    lastAt: new Date(last.end.at),
    rungAttempts: last.number - unrungBefore - (earlier?.unrungAttempts ?? 0),
  };
}

const isUnread = ({ end, words, isUnreadable }: AttemptFacts): boolean =>
  end !== undefined && end.recordingExpected && hasConversation(end.outcome) && !words && !isUnreadable;
