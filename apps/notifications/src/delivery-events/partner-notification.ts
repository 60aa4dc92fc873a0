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
import { summarizeInstructions } from '../messages/messages.module.js';

/** The webhook for an event, and the delivery that it is about, if any. */
export interface PartnerNotification {
  readonly webhook: PartnerWebhook;
  readonly deliveryId: string | undefined;
}

const deliveryData = (event: EventEnvelope<{ deliveryId: string; reference: string }>) => ({
  sequence: event.sequence,
  deliveryId: event.payload.deliveryId,
  reference: event.payload.reference,
});

function notification<T extends PartnerWebhook['type']>(
  type: T,
  event: EventEnvelope<{ deliveryId?: string }>,
  data: PartnerWebhook<T>['data'],
): PartnerNotification {
  return { webhook: { type, timestamp: event.occurredAt, data }, deliveryId: event.payload.deliveryId };
}

export function assignedForPartner(event: EventEnvelope<DeliveryAssignedPayload>): PartnerNotification {
  const { agentId, agentName, window, customerReached, contactOutcome, instructions } = event.payload;
  return notification('delivery.assigned', event, {
    ...deliveryData(event),
    agentId,
    agentName,
    window: { start: window.start, end: window.end },
    customerReached,
    ...(contactOutcome === undefined ? {} : { contactOutcome }),
    summary: summarizeInstructions(instructions, customerReached),
  });
}

export function acknowledgedForPartner(event: EventEnvelope<DeliveryAcknowledgedPayload>): PartnerNotification {
  return notification('delivery.acknowledged', event, { ...deliveryData(event), agentId: event.payload.agentId });
}

export function rescheduledForPartner(event: EventEnvelope<DeliveryRescheduledPayload>): PartnerNotification {
  const { window } = event.payload;
  return notification('delivery.rescheduled', event, {
    ...deliveryData(event),
    ...(window ? { window: { start: window.start, end: window.end } } : {}),
  });
}

export function canceledForPartner(event: EventEnvelope<DeliveryCanceledPayload>): PartnerNotification {
  const { reason } = event.payload;
  return notification('delivery.canceled', event, {
    ...deliveryData(event),
    ...(reason === undefined ? {} : { reason }),
  });
}

export function outForDeliveryForPartner(event: EventEnvelope<AgentFact>): PartnerNotification {
  return notification('delivery.out_for_delivery', event, { ...deliveryData(event), agentId: event.payload.agentId });
}

export function deliveredForPartner(event: EventEnvelope<DeliveryDeliveredPayload>): PartnerNotification {
  const { agentId, safePlaceUsed } = event.payload;
  const safePlace = safePlaceUsed === undefined ? {} : { safePlaceUsed };
  return notification('delivery.delivered', event, { ...deliveryData(event), agentId, ...safePlace });
}

export function failedForPartner(event: EventEnvelope<DeliveryFailedPayload>): PartnerNotification {
  const { agentId, reason } = event.payload;
  return notification('delivery.failed', event, { ...deliveryData(event), agentId, reason });
}

export function refusedForPartner(event: EventEnvelope<DeliveryRefusedPayload>): PartnerNotification {
  return notification('delivery.refused', event, deliveryData(event));
}

export function reinstatedForPartner(event: EventEnvelope<DeliveryReinstatedPayload>): PartnerNotification {
  const { start, end } = event.payload.window;
  return notification('delivery.reinstated', event, { ...deliveryData(event), window: { start, end } });
}

export function unassignableForPartner(event: EventEnvelope<DeliveryUnassignablePayload>): PartnerNotification {
  return notification('delivery.unassignable', event, { ...deliveryData(event), reason: event.payload.reason });
}

export function optedOutForPartner(event: EventEnvelope<CustomerOptedOutPayload>): PartnerNotification {
  const { customerId, deliveryId } = event.payload;
  return notification('customer.opted_out', event, {
    sequence: event.sequence,
    customerId,
    ...(deliveryId === undefined ? {} : { deliveryId }),
  });
}
