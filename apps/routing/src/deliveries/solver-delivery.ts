import { DEFAULT_WEIGHTS, handlingSecondsOf, type Delivery } from '#libs/domain/assignment/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { holderOf } from './delivery-holder.js';

/** Instructions say 1 to 5; a delivery without instructions is a plain one. */
const complexityOf = (delivery: DeliveryDocument): number => delivery.instructions?.complexity ?? 1;

/** A delivery as the assignment solver sees it. @param knownTo the agents who delivered to the customer before */
export function toSolverDelivery(delivery: DeliveryDocument, knownTo: readonly string[] = []): Delivery {
  const { weightGrams, volumeMl } = delivery.parcel;
  return {
    id: delivery._id,
    position: delivery.customer.position,
    requires: delivery.requires,
    priority: delivery.priority,
    complexity: complexityOf(delivery),
    window: delivery.window,
    ...(weightGrams === undefined ? {} : { weightGrams }),
    ...(volumeMl === undefined ? {} : { volumeMl }),
    heldBy: holderOf(delivery),
    knownTo,
  };
}

/** How long the hand-over takes at the door, in seconds. */
export const handOverSeconds = (delivery: DeliveryDocument): number =>
  handlingSecondsOf({ complexity: complexityOf(delivery) }, DEFAULT_WEIGHTS);
