import { createHash } from 'node:crypto';

/**
 * Derives the `webhook-id` header from the event and the endpoint. It stays the same however often the event is handled
 * or sent, so that the partner can drop duplicates.
 */
export function toWebhookId(eventId: string, endpointId: string): string {
  return `whk_${createHash('sha256').update(`${eventId} ${endpointId}`).digest('base64url').slice(0, 32)}`;
}
