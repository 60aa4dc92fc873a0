import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { DELIVERY_QUEUE } from '../config/config.module.js';

/** Payload of the work item that requests a planned call. */
export interface RequestCallWork {
  readonly deliveryId: string;
  /** ISO 8601. Identifies the planned call: if the delivery was replanned meanwhile, this work item does nothing. */
  readonly plannedAt: string;
}

/** Returns the queue and key of the work item for a delivery's next attempt at an instant. */
export const toCallWork = ({ _id, attempts }: DeliveryDocument, at: Date): { queue: string; key: string } => ({
  queue: DELIVERY_QUEUE,
  key: `request-call.${_id}.${attempts + 1}.${at.getTime()}`,
});
