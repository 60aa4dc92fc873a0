import { hasCustomerInstructions, isCertain, type CallOutcome, type Instructions } from '#libs/contracts/index.js';
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
import { toMessageStatements, type Statement } from './message-statements.js';
import {
  traceConfirmations,
  type Confirmation,
  type MessageRole,
  type ReceivedMessage,
  type TracedConfirmations,
} from './trace-confirmations.js';

type EarlyHangUps = NonNullable<DeliveryDocument['earlyHangUps']>;

/** The summary of all contact facts of a delivery. */
export interface ContactSummary {
  /** The customer's instructions, merged from all contacts. */
  readonly instructions?: Instructions;
  /** The customer's latest words. */
  readonly transcript?: string;
  /** The latest recording of the customer. */
  readonly recordingId?: string;
  /** Whether the customer was reached about the current window, not only about an earlier one. */
  readonly customerReached: boolean;
  /** Ids of the calls and messages that reached the customer. */
  readonly reachedBy: readonly string[];
  readonly contactOutcome?: string;
  /** Number of attempts, in any plan, that never rang. */
  readonly unrungAttempts: number;
  /** Hang-ups during the first words, unless the customer answered since. */
  readonly earlyHangUps?: EarlyHangUps;
  /** Ids of attempts about the current window whose recordings are still being analyzed. */
  readonly attemptsInAnalysis: readonly string[];
  /** The customer's latest wish by text that must be confirmed, unless they decided it in another way. */
  readonly confirmation?: Confirmation;
}

/** One contact with the customer: a call or a message, and when it took place. */
interface Contact {
  readonly at: string;
  readonly id: string;
  readonly isAboutCurrentWindow: boolean;
  readonly statements: readonly Statement[];
  readonly outcome?: string;
  readonly isReached: boolean;
  readonly recordingId?: string;
}

/** Time of a contact that has no known time yet, such as a call under way. Sorts after every ISO 8601 instant. */
const UNDER_WAY = '9999';

/**
 * Folds contact facts into a summary, in the order in which the customer stated them and not in the order in which
 * the reports arrived. The analysis of a call's recording is used only when the call is known to be over, so that a
 * partial conversation has no effect and a dropped call is detected.
 *
 * @param deliveryId prefix of the ids of outbound attempts; ids of inbound callbacks have another prefix
 */
export function foldContactFacts(facts: ContactFacts, deliveryId: string): ContactSummary {
  const calls = Object.entries(facts.attempts).map(([id, attempt]) => toCallContact(facts, id, attempt, deliveryId));
  const confirmations = toConfirmations(facts, calls);
  const messages = Object.entries(facts.messages).map(([id, message]) =>
    toMessageContact(facts, id, message, confirmations.roles.get(id)),
  );
  const contacts = [...calls, ...messages].sort(compareContacts);
  const { earlier } = facts;
  const statements = contacts.flatMap((contact) =>
    contact.statements.map((statement) => ({ ...statement, isAboutCurrentWindow: contact.isAboutCurrentWindow })),
  );
  const instructions = statements.reduce<Instructions | undefined>((known, { instructions: stated, ...statement }) => {
    const applicable = statement.isAboutCurrentWindow ? stated : withoutTimes(stated);
    const withoutRemoved = withoutFields(known, statement.removed ?? []);
    return mergeInstructions(withoutRemoved, applicable);
  }, earlier?.instructions);
  const transcript = statements.findLast(({ text }) => text !== undefined && text !== '')?.text ?? earlier?.transcript;
  const recordingId =
    contacts.findLast((contact) => contact.recordingId !== undefined)?.recordingId ?? earlier?.recordingId;
  const currentContacts = contacts.filter(({ isAboutCurrentWindow }) => isAboutCurrentWindow);
  const reachedBy = currentContacts.filter(({ isReached }) => isReached).map(({ id }) => id);
  const decisiveContact =
    currentContacts.findLast(({ isReached }) => isReached) ?? currentContacts.findLast(({ outcome }) => outcome);
  const contactOutcome = decisiveContact?.outcome ?? earlier?.contactOutcome;
  const earlyHangUps = toEarlyHangUps(facts, deliveryId);
  const { latest } = confirmations;
  const confirmation = latest && !isDecidedOtherwise(latest, instructions) ? latest : undefined;
  return {
    ...(instructions ? { instructions } : {}),
    ...(transcript === undefined ? {} : { transcript }),
    ...(recordingId === undefined ? {} : { recordingId }),
    customerReached: (earlier?.customerReached ?? false) || reachedBy.length > 0,
    reachedBy,
    ...(contactOutcome === undefined ? {} : { contactOutcome }),
    unrungAttempts: (earlier?.unrungAttempts ?? 0) + Object.values(facts.attempts).filter(isUnrung).length,
    ...(earlyHangUps ? { earlyHangUps } : {}),
    ...(confirmation ? { confirmation } : {}),
    attemptsInAnalysis: Object.entries(facts.attempts)
      .filter(([id, attempt]) => isForCurrentWindow(id, attempt, facts.planStart, deliveryId) && isInAnalysis(attempt))
      .map(([id]) => id),
  };
}

/** Whether the attempt is known to be over. The analysis of its recording is used from then on. */
export const isAttemptOver = (facts: ContactFacts, attemptId: string, deliveryId: string): boolean => {
  const { end, refusal } = facts.attempts[attemptId] ?? {};
  return end !== undefined || refusal !== undefined || isInEarlierSummary(facts.earlier, attemptId, deliveryId);
};

/** Compares chronologically. */
const compareContacts = (a: Contact, b: Contact): number => compareStrings(a.at, b.at) || compareStrings(a.id, b.id);

/** Traces the confirmations of wishes about the current window. A wish counts once the time of its message is known. */
function toConfirmations({ messages, planStart }: ContactFacts, calls: readonly Contact[]): TracedConfirmations {
  const received = Object.entries(messages)
    .flatMap(([id, message]): ReceivedMessage[] =>
      message.receivedAt === undefined || !isInPlan(message.receivedAt, planStart)
        ? []
        : [{ ...message, id, receivedAt: message.receivedAt }],
    )
    .sort((a, b) => compareStrings(a.receivedAt, b.receivedAt) || compareStrings(a.id, b.id));
  const decidingCalls = calls.filter(({ statements }) =>
    statements.some(
      ({ instructions: { refused, reschedule } }) =>
        (refused && isCertain(refused.source)) === true || (reschedule && isCertain(reschedule.source)) === true,
    ),
  );
  return traceConfirmations(
    received,
    decidingCalls.map(({ at }) => at),
  );
}

/** Whether the customer's instructions settle the wish with certainty although they did not answer the ask-back. */
function isDecidedOtherwise(
  { state, wish }: Confirmation,
  { refused, reschedule }: Pick<Instructions, 'refused' | 'reschedule'> = {},
): boolean {
  if (state === 'confirmed' || state === 'declined') return false;
  if (wish.decision === 'refused') return refused !== undefined && refused.value && isCertain(refused.source);
  return (
    reschedule !== undefined &&
    isCertain(reschedule.source) &&
    reschedule.value.to?.start === wish.window?.start &&
    reschedule.value.to?.end === wish.window?.end
  );
}

const compareStrings = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

function toCallContact(facts: ContactFacts, id: string, attempt: AttemptFacts, deliveryId: string): Contact {
  const { findings, end, words: analyzedWords, recordingId } = attempt;
  const words = isAttemptOver(facts, id, deliveryId) ? analyzedWords : undefined;
  // The analysis of the whole recording replaces guesses made during the call.
  const found = words && findings ? withoutGuesses(findings.instructions) : findings?.instructions;
  return {
    at: end?.at ?? UNDER_WAY,
    id,
    isAboutCurrentWindow: isForCurrentWindow(id, attempt, facts.planStart, deliveryId),
    statements: [...(found ? [{ instructions: found }] : []), ...(words ? [words] : [])],
    ...(end && (isOutbound(id, deliveryId) || isReachedOutcome(end.outcome)) ? { outcome: end.outcome } : {}),
    isReached: end !== undefined && isReachedOutcome(end.outcome),
    ...(recordingId === undefined ? {} : { recordingId }),
  };
}

function toMessageContact(
  { planStart }: ContactFacts,
  id: string,
  message: MessageFacts,
  role: MessageRole | undefined,
): Contact {
  const { receivedAt, chosen, words } = message;
  const at = receivedAt ?? words?.at ?? UNDER_WAY;
  // A wish that the customer withdrew still reached us. An answer alone does not: its words are read as yes or no only.
  const stated = role?.kind === 'answer' ? [] : [chosen, words?.instructions];
  const isReached = stated.some((instructions) => instructions !== undefined && hasCustomerInstructions(instructions));
  return {
    at,
    id,
    statements: toMessageStatements(message, at, role),
    isReached,
    isAboutCurrentWindow: isInPlan(at, planStart),
    ...(isReached ? { outcome: 'text' } : {}),
  };
}

const isInPlan = (at: string, planStart: PlanStart | undefined): boolean =>
  planStart === undefined || at >= planStart.since;

const isReachedOutcome = (outcome: CallOutcome): boolean => outcome === 'answered';

/** Whether the attempt is an outbound call and not an inbound callback. */
const isOutbound = (attemptId: string, deliveryId: string): boolean => attemptId.startsWith(`${deliveryId}.`);

const toAttemptNumber = (attemptId: string, deliveryId: string): number =>
  Number(attemptId.slice(deliveryId.length + 1));

/** Whether an earlier version of DelAuto stored the attempt, in the summary that it kept instead of facts. */
const isInEarlierSummary = (earlier: EarlierContact | undefined, attemptId: string, deliveryId: string): boolean =>
  earlier !== undefined &&
  (!isOutbound(attemptId, deliveryId) || toAttemptNumber(attemptId, deliveryId) <= earlier.attempts);

/** Whether the call of an attempt was about the current window. */
function isForCurrentWindow(
  id: string,
  { end, words }: AttemptFacts,
  planStart: PlanStart | undefined,
  deliveryId: string,
): boolean {
  if (planStart === undefined) return true;
  if (isOutbound(id, deliveryId)) return toAttemptNumber(id, deliveryId) > planStart.afterAttempt;
  return (end?.at ?? words?.at ?? UNDER_WAY) >= planStart.since;
}

/** Whether the attempt is over and the customer's phone never rang. */
const isUnrung = ({ end, refusal }: AttemptFacts): boolean => refusal !== undefined || end?.outcome === 'not_placed';

/** Counts early hang-ups, in all plans of the delivery, since the customer last answered an outbound call. */
function toEarlyHangUps({ attempts, earlier }: ContactFacts, deliveryId: string): EarlyHangUps | undefined {
  const outbound = Object.entries(attempts)
    .filter(([id]) => isOutbound(id, deliveryId))
    .map(([id, attempt]) => ({ ...attempt, number: toAttemptNumber(id, deliveryId) }))
    .sort((a, b) => a.number - b.number);
  const lastAnsweredIndex = outbound.findLastIndex(({ end }) => end?.outcome === 'answered');
  const hangUps = outbound.slice(lastAnsweredIndex + 1).filter(({ end }) => end?.outcome === 'hung_up_early');
  const last = hangUps.at(-1);
  if (!last?.end) return undefined;
  const unrungBefore = outbound.filter((attempt) => attempt.number <= last.number && isUnrung(attempt)).length;
  return {
    count: hangUps.length,
    lastAt: new Date(last.end.at),
    rungAttempts: last.number - unrungBefore - (earlier?.unrungAttempts ?? 0),
  };
}

/** Whether the recording of the attempt is still being analyzed. */
const isInAnalysis = ({ end, words, isUnreadable }: AttemptFacts): boolean =>
  end !== undefined && end.recordingExpected && hasConversation(end.outcome) && !words && !isUnreadable;
