import { ProblemError, type DelAuto, type Delivery, type DeliveryInput } from '../src/index.js';

/**
 * The example of a shop: it creates a delivery, safely even if the response is lost, reads it, and cancels it. It
 * requires an API key with the scopes `deliveries:read` and `deliveries:write`.
 * @param order the shop's own order number, which identifies the request across retries
 */
export async function createDelivery(api: DelAuto, order: string, window: DeliveryInput['window']): Promise<Delivery> {
  const input: DeliveryInput = {
    reference: order,
    window,
    customer: {
      name: 'Maria Lopez',
      phone: '+13125550123',
      language: 'en',
      position: [-87.6298, 41.8781],
      zone: 'America/Chicago',
      legalBasis: 'delivery_notice',
    },
    parcel: { description: 'a new bicycle', weightGrams: 12_500 },
  };
  return api.createDelivery(input, { idempotencyKey: `order-${order}` });
}

/** Cancels the delivery. If it changed since it was read, reads it again and repeats. */
export async function cancelDelivery(api: DelAuto, deliveryId: string): Promise<Delivery> {
  for (;;) {
    const { revision } = await api.getDelivery(deliveryId);
    try {
      return await api.cancelDelivery(deliveryId, {}, { ifMatch: revision });
    } catch (error) {
      if (!(error instanceof ProblemError) || error.code !== 'revision_mismatch') throw error;
    }
  }
}

/** Returns the references of all deliveries. */
export async function listReferences(api: DelAuto): Promise<string[]> {
  const references: string[] = [];
  for await (const { reference } of api.iterateDeliveries({ limit: 100 })) references.push(reference);
  return references;
}
