import type {
  ContactFacts,
  EarlierContact,
  StoredConfirmation,
} from '#libs/persistence/schemas/routing/contact-facts.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { withoutObsoleteConfirmation } from '../delivery-process.js';
import { NO_FACTS } from './contact-facts.js';
import { foldContactFacts, isAttemptOver, type ContactSummary } from './fold-contact-facts.js';
import { withoutTimes } from './merge-instructions.js';
import type { Confirmation } from './trace-confirmations.js';

/** A delivery with all contact facts and their summary. */
export interface ContactState {
  readonly delivery: DeliveryDocument;
  readonly facts: ContactFacts;
  readonly summary: ContactSummary;
}

/** Returns the contact facts of a delivery, reconstructed if an earlier version of DelAuto stored the delivery. */
export const getContactFacts = (delivery: DeliveryDocument): ContactFacts =>
  delivery.contactFacts ?? toLegacyFacts(delivery);

/** Returns the delivery with the given facts, and with the fields that are derived from their summary. */
export function toContactState(before: DeliveryDocument, facts: ContactFacts, now: Date): ContactState {
  // The summary omits optional fields that no contact provides, so their stored values are removed first.
  const {
    openAttemptId,
    instructions: _instructions,
    transcript: _transcript,
    recordingId: _recordingId,
    earlyHangUps: _earlyHangUps,
    confirmation: _confirmation,
    ...rest
  } = before;
  const summary = foldContactFacts(facts, before._id);
  const { reachedBy: _reachedBy, attemptsInAnalysis: _unreadAttempts, confirmation, ...derived } = summary;
  const isOpen = openAttemptId !== undefined && !isAttemptOver(facts, openAttemptId, before._id);
  const delivery = {
    ...rest,
    ...derived,
    contactFacts: facts,
    ...(confirmation ? { confirmation: toStoredConfirmation(confirmation) } : {}),
    ...(isOpen ? { openAttemptId } : {}),
    updatedAt: now,
  };
  return { delivery: withoutObsoleteConfirmation(delivery), facts, summary };
}

function toStoredConfirmation({
  messageId,
  askBack,
  state,
  wish: { decision, window },
}: Confirmation): StoredConfirmation {
  return {
    messageId,
    decision,
    ...(window ? { window } : {}),
    state,
    ...(askBack ? { askedAt: askBack.at, heldUntil: askBack.until } : {}),
  };
}

/**
 * Returns the contact facts of a delivery whose window changed. Earlier instructions about the place, access code or recipient
 * stay valid. Earlier times do not, and the customer is not treated as reached about the new window.
 * @param since the instant from which contacts are about the new window
 */
export function withNewPlanStart(delivery: DeliveryDocument, since: Date): ContactFacts {
  const facts = getContactFacts(delivery);
  const planStart = { afterAttempt: delivery.attempts, since: since.toISOString() };
  if (!facts.earlier) return { ...facts, planStart };
  const { contactOutcome: _contactOutcome, instructions, ...earlier } = facts.earlier;
  const keptInstructions = instructions ? { instructions: withoutTimes(instructions) } : {};
  return { ...facts, planStart, earlier: { ...earlier, ...keptInstructions, customerReached: false } };
}

/** Reconstructs the facts of a delivery from an earlier version of DelAuto, which stored only their summary. */
function toLegacyFacts(delivery: DeliveryDocument): ContactFacts {
  const { attempts, openAttemptId, unrungAttempts, customerReached, contactOutcome } = delivery;
  const { instructions, transcript, recordingId } = delivery;
  if (attempts === 0 && !customerReached && !instructions && recordingId === undefined) return NO_FACTS;
  const earlier: EarlierContact = {
    // The open attempt has not ended, so it is not part of the summary.
    attempts: openAttemptId === undefined ? attempts : attempts - 1,
    unrungAttempts,
    customerReached,
    ...(contactOutcome === undefined ? {} : { contactOutcome }),
    ...(instructions ? { instructions } : {}),
    ...(transcript === undefined ? {} : { transcript }),
    ...(recordingId === undefined ? {} : { recordingId }),
  };
  return { ...NO_FACTS, earlier };
}
