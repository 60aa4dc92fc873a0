import type {
  AgentFact,
  CustomerOptedOutPayload,
  DeliveryAcknowledgedPayload,
  DeliveryAssignedPayload,
  DeliveryCanceledPayload,
  DeliveryDeliveredPayload,
  DeliveryFailedPayload,
  DeliveryRefusedPayload,
  DeliveryReinstatedPayload,
  DeliveryRescheduledPayload,
  DeliveryUnassignablePayload,
  EventEnvelope,
  PartnerWebhook,
} from '#libs/contracts/index.js';
import { summarizeInstructions } from '../messages/messages.module.js';

/** The webhook that reports an event to the partner, and the delivery that the event is about, if any. */
export interface EventWebhook {
  readonly webhook: PartnerWebhook;
  readonly deliveryId: string | undefined;
}

const toDeliveryData = (event: EventEnvelope<{ deliveryId: string; reference: string }>) => ({
  sequence: event.sequence,
  deliveryId: event.payload.deliveryId,
  reference: event.payload.reference,
});

function toEventWebhook<T extends PartnerWebhook['type']>(
  type: T,
  event: EventEnvelope<{ deliveryId?: string }>,
  data: PartnerWebhook<T>['data'],
): EventWebhook {
  return { webhook: { type, timestamp: event.occurredAt, data }, deliveryId: event.payload.deliveryId };
}

export function toDeliveryAssignedWebhook(event: EventEnvelope<DeliveryAssignedPayload>): EventWebhook {
  const { agentId, agentName, window, customerReached, contactOutcome, instructions } = event.payload;
  return toEventWebhook('delivery.assigned', event, {
    ...toDeliveryData(event),
    agentId,
    agentName,
    window: { start: window.start, end: window.end },
    customerReached,
    ...(contactOutcome === undefined ? {} : { contactOutcome }),
    summary: summarizeInstructions(instructions, customerReached),
  });
}

export function toDeliveryAcknowledgedWebhook(event: EventEnvelope<DeliveryAcknowledgedPayload>): EventWebhook {
  return toEventWebhook('delivery.acknowledged', event, { ...toDeliveryData(event), agentId: event.payload.agentId });
}

export function toDeliveryRescheduledWebhook(event: EventEnvelope<DeliveryRescheduledPayload>): EventWebhook {
  const { window } = event.payload;
  return toEventWebhook('delivery.rescheduled', event, {
    ...toDeliveryData(event),
    ...(window ? { window: { start: window.start, end: window.end } } : {}),
  });
}

export function toDeliveryCanceledWebhook(event: EventEnvelope<DeliveryCanceledPayload>): EventWebhook {
  const { reason } = event.payload;
  return toEventWebhook('delivery.canceled', event, {
    ...toDeliveryData(event),
    ...(reason === undefined ? {} : { reason }),
  });
}

export function toDeliveryOutForDeliveryWebhook(event: EventEnvelope<AgentFact>): EventWebhook {
  return toEventWebhook('delivery.out_for_delivery', event, {
    ...toDeliveryData(event),
    agentId: event.payload.agentId,
  });
}

export function toDeliveryDeliveredWebhook(event: EventEnvelope<DeliveryDeliveredPayload>): EventWebhook {
  const { agentId, safePlaceUsed } = event.payload;
  const safePlace = safePlaceUsed === undefined ? {} : { safePlaceUsed };
  return toEventWebhook('delivery.delivered', event, { ...toDeliveryData(event), agentId, ...safePlace });
}

export function toDeliveryFailedWebhook(event: EventEnvelope<DeliveryFailedPayload>): EventWebhook {
  const { agentId, reason } = event.payload;
  return toEventWebhook('delivery.failed', event, { ...toDeliveryData(event), agentId, reason });
}

export function toDeliveryRefusedWebhook(event: EventEnvelope<DeliveryRefusedPayload>): EventWebhook {
  return toEventWebhook('delivery.refused', event, toDeliveryData(event));
}

export function toDeliveryReinstatedWebhook(event: EventEnvelope<DeliveryReinstatedPayload>): EventWebhook {
  const { start, end } = event.payload.window;
  return toEventWebhook('delivery.reinstated', event, { ...toDeliveryData(event), window: { start, end } });
}

export function toDeliveryUnassignableWebhook(event: EventEnvelope<DeliveryUnassignablePayload>): EventWebhook {
  return toEventWebhook('delivery.unassignable', event, { ...toDeliveryData(event), reason: event.payload.reason });
}

export function toCustomerOptedOutWebhook(event: EventEnvelope<CustomerOptedOutPayload>): EventWebhook {
  const { customerId, deliveryId } = event.payload;
  return toEventWebhook('customer.opted_out', event, {
    sequence: event.sequence,
    customerId,
    ...(deliveryId === undefined ? {} : { deliveryId }),
  });
}
