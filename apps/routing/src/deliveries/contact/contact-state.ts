import type { ContactFacts, EarlierContact } from '#libs/persistence/schemas/routing/contact-facts.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { NO_FACTS } from './contact-facts.js';
import { foldContactFacts, isAttemptOver, type ContactSummary } from './fold-contact-facts.js';
import { withoutTimes } from './merge-instructions.js';

/** A delivery with all contact facts and their summary. */
export interface ContactState {
  readonly delivery: DeliveryDocument;
  readonly facts: ContactFacts;
  readonly summary: ContactSummary;
}

/** The contact facts of a delivery. */
export const getContactFacts = (delivery: DeliveryDocument): ContactFacts =>
  delivery.contactFacts ?? toLegacyFacts(delivery);

/** Stores facts in a delivery, and derives its fields from their summary. */
export function toContactState(before: DeliveryDocument, facts: ContactFacts, now: Date): ContactState {
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
 * Returns the facts of a delivery whose window changed: earlier facts still determine how to deliver, but not when.
 * @param since the instant from which contacts are about the new window
 */
export function factsForNewWindow(delivery: DeliveryDocument, since: Date): ContactFacts {
  const facts = getContactFacts(delivery);
  const planStart = { afterAttempt: delivery.attempts, since: since.toISOString() };
  if (!facts.earlier) return { ...facts, planStart };
  const { contactOutcome: _former, instructions, ...earlier } = facts.earlier;
  const kept = instructions ? { instructions: withoutTimes(instructions) } : {};
  return { ...facts, planStart, earlier: { ...earlier, ...kept, customerReached: false } };
}

/** Reconstructs the facts of a delivery from an earlier version of DelAuto, which stored only the summary. */
function toLegacyFacts(delivery: DeliveryDocument): ContactFacts {
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
