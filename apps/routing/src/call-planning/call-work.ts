import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { DELIVERY_QUEUE } from '../config/config.module.js';

export interface RequestCallWork {
  readonly deliveryId: string;
  /** Which plan this is: a delivery planned anew meanwhile makes the older work item a no-op. */
  readonly plannedAt: string;
}

/** Names the due work of a delivery's next attempt at an instant. */
export const callWorkOf = ({ _id, attempts }: DeliveryDocument, at: Date): { queue: string; key: string } => ({
  queue: DELIVERY_QUEUE,
  key: `request-call.${_id}.${attempts + 1}.${at.getTime()}`,
});
