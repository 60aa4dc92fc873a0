import type { WebhookDelivery } from '#libs/contracts/index.js';
import type { WebhookDeliveryDocument } from '#libs/persistence/schemas/notifications/webhook-deliveries.js';

/** Maps a stored webhook delivery to its contract. */
export function toWebhookDelivery(document: WebhookDeliveryDocument): WebhookDelivery {
  const { _id, endpointId, type, deliveryId, state, tries } = document;
  const { lastStatus, lastError, nextTryAt, createdAt, settledAt } = document;
  return {
    webhookId: _id,
    endpointId,
    type,
    ...(deliveryId === undefined ? {} : { deliveryId }),
    state,
    tries,
    ...(lastStatus === undefined ? {} : { lastStatus }),
    ...(lastError === undefined ? {} : { lastError }),
    ...(nextTryAt === undefined ? {} : { nextTryAt: nextTryAt.toISOString() }),
    createdAt: createdAt.toISOString(),
    ...(settledAt === undefined ? {} : { settledAt: settledAt.toISOString() }),
  };
}
