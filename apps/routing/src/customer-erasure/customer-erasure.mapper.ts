import type { Erasure } from '#libs/contracts/index.js';
import type { CustomerErasureDocument } from '#libs/persistence/schemas/routing/customer-erasures.js';

/** What no app can take back. Said to whoever asks for an erasure, so that nobody is promised more than is done. */
export const RETAINED = [
  'Events of the past in the message streams, which hold name, number and words: until the streams’ retention has passed.',
  'The outboxes and the stored answers to commands of each app: 30 days.',
  'Backups made before: until they are replaced by the operator’s schedule.',
  'The number on the do-not-call list of telephony, where the customer asked for no more calls: for as long as they are to be left alone.',
  'The carrier’s own records of calls and texts, beside the recordings: by the carrier’s retention.',
  'Texts the customer sent to our shared number: they belong to no organization.',
  'What partners and agents were sent before on their own devices and servers.',
  'Your own reference of each delivery, its states, times and agent, without who received it.',
];

export function toErasure(document: CustomerErasureDocument): Erasure {
  return {
    erasureId: document._id,
    customerId: document.customerId,
    requestedAt: document.requestedAt.toISOString(),
    ...(document.completedAt === undefined ? {} : { completedAt: document.completedAt.toISOString() }),
    parts: document.parts.map(({ app, doneAt }) =>
      doneAt === undefined ? { app, state: 'pending' } : { app, state: 'done', doneAt: doneAt.toISOString() },
    ),
    retained: RETAINED,
    revision: document.revision,
  };
}
