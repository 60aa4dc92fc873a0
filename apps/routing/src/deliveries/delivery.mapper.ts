import type { Delivery, TimeWindow } from '#libs/contracts/index.js';
import type { DeliveryDocument, StoredWindow } from '#libs/persistence/schemas/deliveries.js';

export const toTimeWindow = ({ start, end }: StoredWindow): TimeWindow => ({
  start: start.toISOString(),
  end: end.toISOString(),
});

export const toWindow = ({ start, end }: TimeWindow): StoredWindow => ({ start: new Date(start), end: new Date(end) });

/** A stored delivery as others see it. */
export function toDelivery(document: DeliveryDocument): Delivery {
  const { contactOutcome, instructions, transcript, recordingId, agentId, assignment, unassignableReason } = document;
  return {
    deliveryId: document._id,
    reference: document.reference,
    customerId: document.customerId,
    state: document.state,
    window: toTimeWindow(document.window),
    position: document.customer.position,
    attempts: document.attempts,
    ...(document.plannedCallAt === undefined ? {} : { plannedCallAt: document.plannedCallAt.toISOString() }),
    ...(contactOutcome === undefined ? {} : { contactOutcome }),
    ...(instructions === undefined ? {} : { instructions }),
    ...(transcript === undefined ? {} : { transcript }),
    ...(recordingId === undefined ? {} : { recordingId }),
    ...(agentId === undefined ? {} : { agentId }),
    ...(assignment === undefined ? {} : { assignment }),
    ...(unassignableReason === undefined ? {} : { unassignableReason }),
    createdAt: document.createdAt.toISOString(),
    updatedAt: document.updatedAt.toISOString(),
  };
}
