import type { Caller } from '../requests/requests.module.js';

/** What every change of a delivery names: which one, and the revision the caller has seen. */
export function changeOf(
  deliveryId: string,
  { expectedRevision }: Caller,
): { deliveryId: string; expectedRevision?: number } {
  return { deliveryId, ...(expectedRevision === undefined ? {} : { expectedRevision }) };
}
