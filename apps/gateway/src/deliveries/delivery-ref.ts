import type { Caller } from '../requests/requests.module.js';

/** Returns the fields that identify the delivery in a change: its id, and the revision from `If-Match`, if sent. */
export function toDeliveryRef(
  deliveryId: string,
  { expectedRevision }: Caller,
): { deliveryId: string; expectedRevision?: number } {
  return { deliveryId, ...(expectedRevision === undefined ? {} : { expectedRevision }) };
}
