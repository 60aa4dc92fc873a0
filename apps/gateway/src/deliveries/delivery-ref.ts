import type { Caller } from '../requests/requests.module.js';

/** The fields that identify the delivery in every change request: its id, and the revision from `If-Match`, if sent. */
export function toDeliveryRef(
  deliveryId: string,
  { expectedRevision }: Caller,
): { deliveryId: string; expectedRevision?: number } {
  return { deliveryId, ...(expectedRevision === undefined ? {} : { expectedRevision }) };
}
