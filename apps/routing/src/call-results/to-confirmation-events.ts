import { ConfirmationChanged } from '#libs/contracts/index.js';
import { createAggregateEvent, type AggregateEvent } from '#libs/persistence/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { toDeliveryEventFields, toPublicConfirmation } from '../deliveries/deliveries.module.js';

/** Creates the event that publishes a new confirmation or its new state; an empty list if neither changed. */
export function toConfirmationEvents(before: DeliveryDocument, after: DeliveryDocument, now: Date): AggregateEvent[] {
  const { confirmation } = after;
  if (!confirmation) return [];
  const { messageId, decision, state } = confirmation;
  const known = before.confirmation;
  if (known?.messageId === messageId && known.decision === decision && known.state === state) return [];
  const payload = { ...toDeliveryEventFields(after), confirmation: toPublicConfirmation(confirmation) };
  return [createAggregateEvent(ConfirmationChanged, payload, now)];
}
