import { ProblemError, type DelAuto, type Delivery, type DeliveryInput } from '../src/index.js';

/**
 * What a shop does: hands over a delivery, safely even if the answer is lost, looks at what became of it, and calls it
 * off. It needs an API key with the scopes `deliveries:read` and `deliveries:write`.
 * @param order the shop's own number of the order: it makes the request the same one, however often it is sent
 */
export async function handOver(api: DelAuto, order: string, window: DeliveryInput['window']): Promise<Delivery> {
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

/** Calls the delivery off, if it still is as it was when it was looked at; else looks again. */
export async function callOff(api: DelAuto, deliveryId: string): Promise<Delivery> {
  for (;;) {
    const { revision } = await api.getDelivery(deliveryId);
    try {
      return await api.cancelDelivery(deliveryId, {}, { ifMatch: revision });
    } catch (error) {
      if (!(error instanceof ProblemError) || error.code !== 'revision_mismatch') throw error;
    }
  }
}

/** The numbers of all deliveries under way, page after page. */
export async function referencesOf(api: DelAuto): Promise<string[]> {
  const references: string[] = [];
  for await (const { reference } of api.iterateDeliveries({ limit: 100 })) references.push(reference);
  return references;
}
