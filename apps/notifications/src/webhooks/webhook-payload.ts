import type {
  CustomerOptedOutPayload,
  DeliveryAcknowledgedPayload,
  DeliveryAssignedPayload,
  AgentFact,
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
import { summariseInstructions } from '../inbox/summarise-instructions.js';

/** What a partner is told of an event, and which delivery it is about, if any. */
export interface PartnerNews {
  readonly webhook: PartnerWebhook;
  readonly deliveryId: string | undefined;
}

const deliveryData = (event: EventEnvelope<{ deliveryId: string; reference: string }>) => ({
  sequence: event.sequence,
  deliveryId: event.payload.deliveryId,
  reference: event.payload.reference,
});

function news<T extends PartnerWebhook['type']>(
  type: T,
  event: EventEnvelope<{ deliveryId?: string }>,
  data: PartnerWebhook<T>['data'],
): PartnerNews {
  return { webhook: { type, timestamp: event.occurredAt, data }, deliveryId: event.payload.deliveryId };
}

export function assignedNews(event: EventEnvelope<DeliveryAssignedPayload>): PartnerNews {
  const { agentId, agentName, window, customerReached, contactOutcome, instructions } = event.payload;
  return news('delivery.assigned', event, {
    ...deliveryData(event),
    agentId,
    agentName,
    window: { start: window.start, end: window.end },
    customerReached,
    ...(contactOutcome === undefined ? {} : { contactOutcome }),
    summary: summariseInstructions(instructions, customerReached),
  });
}

export function acknowledgedNews(event: EventEnvelope<DeliveryAcknowledgedPayload>): PartnerNews {
  return news('delivery.acknowledged', event, { ...deliveryData(event), agentId: event.payload.agentId });
}

export function rescheduledNews(event: EventEnvelope<DeliveryRescheduledPayload>): PartnerNews {
  const { window } = event.payload;
  return news('delivery.rescheduled', event, {
    ...deliveryData(event),
    ...(window ? { window: { start: window.start, end: window.end } } : {}),
  });
}

export function canceledNews(event: EventEnvelope<DeliveryCanceledPayload>): PartnerNews {
  const { reason } = event.payload;
  return news('delivery.canceled', event, { ...deliveryData(event), ...(reason === undefined ? {} : { reason }) });
}

export function setOutNews(event: EventEnvelope<AgentFact>): PartnerNews {
  return news('delivery.out_for_delivery', event, { ...deliveryData(event), agentId: event.payload.agentId });
}

export function deliveredNews(event: EventEnvelope<DeliveryDeliveredPayload>): PartnerNews {
  const { agentId, safePlaceUsed } = event.payload;
  const where = safePlaceUsed === undefined ? {} : { safePlaceUsed };
  return news('delivery.delivered', event, { ...deliveryData(event), agentId, ...where });
}

export function failedNews(event: EventEnvelope<DeliveryFailedPayload>): PartnerNews {
  const { agentId, reason } = event.payload;
  return news('delivery.failed', event, { ...deliveryData(event), agentId, reason });
}

export function refusedNews(event: EventEnvelope<DeliveryRefusedPayload>): PartnerNews {
  return news('delivery.refused', event, deliveryData(event));
}

export function reinstatedNews(event: EventEnvelope<DeliveryReinstatedPayload>): PartnerNews {
  const { start, end } = event.payload.window;
  return news('delivery.reinstated', event, { ...deliveryData(event), window: { start, end } });
}

export function unassignableNews(event: EventEnvelope<DeliveryUnassignablePayload>): PartnerNews {
  return news('delivery.unassignable', event, { ...deliveryData(event), reason: event.payload.reason });
}

export function optedOutNews(event: EventEnvelope<CustomerOptedOutPayload>): PartnerNews {
  const { customerId, deliveryId } = event.payload;
  return news('customer.opted_out', event, {
    sequence: event.sequence,
    customerId,
    ...(deliveryId === undefined ? {} : { deliveryId }),
  });
}
