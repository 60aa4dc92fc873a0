import type { Confirmation, Delivery, TimeWindow } from '#libs/contracts/index.js';
import type { DeliveryDocument, StoredWindow } from '#libs/persistence/schemas/routing/deliveries.js';
import type { StoredConfirmation } from '#libs/persistence/schemas/routing/contact-facts.js';

export const toTimeWindow = ({ start, end }: StoredWindow): TimeWindow => ({
  start: start.toISOString(),
  end: end.toISOString(),
});

export const toWindow = ({ start, end }: TimeWindow): StoredWindow => ({ start: new Date(start), end: new Date(end) });

/** Converts a stored delivery to its public representation. */
export function toDelivery(document: DeliveryDocument): Delivery {
  const { plannedCallAt, handOver, cancellation, confirmation } = document;
  return {
    deliveryId: document._id,
    revision: document.revision,
    reference: document.reference,
    customerId: document.customerId,
    state: document.state,
    window: toTimeWindow(document.window),
    position: document.customer.position,
    decideBy: document.decideBy.toISOString(),
    alternativeWindows: document.alternativeWindows.map(toTimeWindow),
    parcel: document.parcel,
    requires: document.requires,
    priority: document.priority,
    attempts: document.attempts,
    ...(plannedCallAt === undefined ? {} : { plannedCallAt: plannedCallAt.toISOString() }),
    ...toOptionalFields(document),
    ...(confirmation === undefined ? {} : { confirmation: toPublicConfirmation(confirmation) }),
    ...(handOver === undefined ? {} : { handOver: { ...handOver, at: handOver.at.toISOString() } }),
    ...(cancellation === undefined ? {} : { cancellation: { ...cancellation, at: cancellation.at.toISOString() } }),
    createdAt: document.createdAt.toISOString(),
    updatedAt: document.updatedAt.toISOString(),
  };
}

/** Converts a stored confirmation. A delivery is held only while the answer is awaited. */
export function toPublicConfirmation({ heldUntil, ...confirmation }: StoredConfirmation): Confirmation {
  return { ...confirmation, ...(confirmation.state === 'awaited' && heldUntil !== undefined ? { heldUntil } : {}) };
}

/** Optional fields that are published as they are stored. */
const OPTIONAL_FIELDS = [
  'contactOutcome',
  'instructions',
  'transcript',
  'recordingId',
  'agentId',
  'agentName',
  'assignment',
  'unassignableReason',
] as const;

function toOptionalFields(document: DeliveryDocument): Pick<Delivery, (typeof OPTIONAL_FIELDS)[number]> {
  const fields = OPTIONAL_FIELDS.filter((field) => document[field] !== undefined);
  return Object.fromEntries(fields.map((field) => [field, document[field]]));
}
