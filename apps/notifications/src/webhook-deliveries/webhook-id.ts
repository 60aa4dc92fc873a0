import { createHash } from 'node:crypto';

/**
 * The `webhook-id` of an event at an endpoint. It follows from both, so however often the event is handled or sent, the
 * partner sees the same id and can drop what it has.
 */
export function webhookIdOf(eventId: string, endpointId: string): string {
  return `whk_${createHash('sha256').update(`${eventId} ${endpointId}`).digest('base64url').slice(0, 32)}`;
}
