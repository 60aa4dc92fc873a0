import { DEFAULT_WEIGHTS, toHandlingSeconds, type Delivery } from '#libs/domain/assignment/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { getCurrentAgentId } from './current-agent.js';

/** Returns the complexity of the hand-over, 1 to 5; 1 without instructions. */
const toComplexity = (delivery: DeliveryDocument): number => delivery.instructions?.complexity ?? 1;

/**
 * Converts a delivery to the assignment solver's input.
 * @param knownTo ids of the agents who delivered to the customer before
 */
export function toSolverDelivery(delivery: DeliveryDocument, knownTo: readonly string[] = []): Delivery {
  const { weightGrams, volumeMl } = delivery.parcel;
  return {
    id: delivery._id,
    position: delivery.customer.position,
    requires: delivery.requires,
    priority: delivery.priority,
    complexity: toComplexity(delivery),
    window: delivery.window,
    ...(weightGrams === undefined ? {} : { weightGrams }),
    ...(volumeMl === undefined ? {} : { volumeMl }),
    heldBy: getCurrentAgentId(delivery),
    knownTo,
  };
}

/** Returns the expected duration of the hand-over at the door, in seconds. */
export const getHandOverSeconds = (delivery: DeliveryDocument): number =>
  toHandlingSeconds({ complexity: toComplexity(delivery) }, DEFAULT_WEIGHTS);
