import type { ContactFacts, EarlierContact } from '#libs/persistence/schemas/routing/contact-facts.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { NO_FACTS } from './contact-facts.js';
import { foldContactFacts, isAttemptOver, type ContactSummary } from './fold-contact-facts.js';
import { withoutTimes } from './merge-instructions.js';

/** A delivery with everything known about its customer. */
export interface KnownContact {
  readonly delivery: DeliveryDocument;
  readonly facts: ContactFacts;
  readonly summary: ContactSummary;
}

/** What is known of a delivery's customer, fact by fact. */
export const factsOf = (delivery: DeliveryDocument): ContactFacts => delivery.contactFacts ?? legacyFacts(delivery);

/** The delivery with these facts, and with all that they come to in its own fields. */
export function toKnownContact(before: DeliveryDocument, facts: ContactFacts, now: Date): KnownContact {
  const { openAttemptId, instructions: _1, transcript: _2, recordingId: _3, earlyHangUps: _4, ...rest } = before;
  const summary = foldContactFacts(facts, before._id);
  const { reachedBy: _5, unreadAttempts: _6, ...derived } = summary;
  const isOpen = openAttemptId !== undefined && !isAttemptOver(facts, openAttemptId, before._id);
  const delivery = {
    ...rest,
    ...derived,
    contactFacts: facts,
    ...(isOpen ? { openAttemptId } : {}),
    updatedAt: now,
  };
  return { delivery, facts, summary };
}

/**
 * The facts as they count once the delivery has another window: those known so far say how to deliver, not when.
 * @param since the instant from which on the customer is asked about the new window
 */
export function factsForNewWindow(delivery: DeliveryDocument, since: Date): ContactFacts {
  const facts = factsOf(delivery);
  const planStart = { afterAttempt: delivery.attempts, since: since.toISOString() };
  if (!facts.earlier) return { ...facts, planStart };
  const { contactOutcome: _former, instructions, ...earlier } = facts.earlier;
  const kept = instructions ? { instructions: withoutTimes(instructions) } : {};
  return { ...facts, planStart, earlier: { ...earlier, ...kept, customerReached: false } };
}

/** A document of a version that kept only the sum. */
function legacyFacts(delivery: DeliveryDocument): ContactFacts {
  const { attempts, openAttemptId, unrungAttempts, customerReached, contactOutcome } = delivery;
  const { instructions, transcript, recordingId } = delivery;
  if (attempts === 0 && !customerReached && !instructions && recordingId === undefined) return NO_FACTS;
  const earlier: EarlierContact = {
    attempts: openAttemptId === undefined ? attempts : attempts - 1,
    ...{ unrungAttempts, customerReached },
    ...(contactOutcome === undefined ? {} : { contactOutcome }),
    ...(instructions ? { instructions } : {}),
    ...(transcript === undefined ? {} : { transcript }),
    ...(recordingId === undefined ? {} : { recordingId }),
  };
  return { ...NO_FACTS, earlier };
}
