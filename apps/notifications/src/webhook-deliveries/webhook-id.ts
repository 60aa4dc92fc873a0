import { createHash } from 'node:crypto';

/**
 * The `webhook-id` of an event at an endpoint. It is derived from both, so that the partner sees the same id however
 * often the event is handled or sent, and can drop duplicates.
 */
export function toWebhookId(eventId: string, endpointId: string): string {
  return `whk_${createHash('sha256').update(`${eventId} ${endpointId}`).digest('base64url').slice(0, 32)}`;
}
