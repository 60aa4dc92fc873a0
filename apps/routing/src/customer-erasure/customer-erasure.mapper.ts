import type { Erasure } from '#libs/contracts/index.js';
import type { CustomerErasureDocument } from '#libs/persistence/schemas/routing/customer-erasures.js';

/** Data that an erasure does not delete. Every receipt lists it, so that the receipt is complete. */
export const RETAINED = [
  'Past events in the message streams, which hold name, number and words: until the retention period of the streams ends.',
  'The outboxes and the stored replies to commands of each app: 30 days.',
  'Backups made before the erasure: until the operator’s schedule replaces them.',
  'The number on the do-not-call list, if the customer opted out of calls: for as long as the opt-out applies.',
  'The carrier’s own records of calls and texts, except the recordings: by the carrier’s retention.',
  'Texts that the customer sent to DelAuto’s shared number: they belong to no organization.',
  'Data that partners and agents already received on their own devices and servers.',
  'Your own reference of each delivery, its states, times and agent, without the recipient.',
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
