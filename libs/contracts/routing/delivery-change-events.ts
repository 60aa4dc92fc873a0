import { ChoiceField, IdField, ObjectField, TextField, TextListField } from '../fields/index.js';
import { defineEvent } from '../kernel/index.js';
import { TimeWindow } from '../values/index.js';
import { DeliveryFact } from './events.js';

export class DeliveryUpdatedPayload extends DeliveryFact {
  /** Names of the fields that changed, such as `window` or `parcel`. */
  @TextListField({ minItems: 1, maxItems: 20, item: { max: 40 } }) changed!: string[];
  @ObjectField(() => TimeWindow) window!: TimeWindow;
}

export class DeliveryCanceledPayload extends DeliveryFact {
  @TextField({ optional: true, max: 300 }) reason?: string;
  /** The agent who had the delivery, if any. */
  @IdField({ optional: true }) agentId?: string;
}

export class DeliveryReplannedPayload extends DeliveryFact {
  @ObjectField(() => TimeWindow) window!: TimeWindow;
}

export class DeliveryReinstatedPayload extends DeliveryFact {
  /** The window for which the delivery is planned again. */
  @ObjectField(() => TimeWindow) window!: TimeWindow;
}

/** Why an agent no longer has a delivery. */
export const WITHDRAWAL_REASONS = ['reassigned', 'changed', 'replanned', 'rescheduled', 'refused'] as const;
export type WithdrawalReason = (typeof WITHDRAWAL_REASONS)[number];

export class DeliveryWithdrawnPayload extends DeliveryFact {
  /** The agent who had the delivery until now. */
  @IdField() agentId!: string;
  @ChoiceField(WITHDRAWAL_REASONS) reason!: WithdrawalReason;
}

export const DeliveryUpdated = defineEvent({
  subject: 'routing.delivery.updated.v1',
  payload: DeliveryUpdatedPayload,
  consumers: ['analytics', 'gateway'],
  summary: 'A partner or dispatcher corrected a delivery.',
});
export const DeliveryCanceled = defineEvent({
  subject: 'routing.delivery.canceled.v1',
  payload: DeliveryCanceledPayload,
  consumers: ['telephony', 'notifications', 'analytics', 'gateway'],
  summary: 'A delivery was canceled and must not be delivered.',
});
export const DeliveryReplanned = defineEvent({
  subject: 'routing.delivery.replanned.v1',
  payload: DeliveryReplannedPayload,
  consumers: ['notifications', 'analytics', 'gateway'],
  summary: 'A partner or dispatcher moved a delivery to another window. It is planned again from the start.',
});
export const DeliveryReinstated = defineEvent({
  subject: 'routing.delivery.reinstated.v1',
  payload: DeliveryReinstatedPayload,
  consumers: ['notifications', 'analytics', 'gateway'],
  summary: 'A refusal or postponement by the customer was reversed. The delivery proceeds as previously planned.',
});
export const DeliveryWithdrawn = defineEvent({
  subject: 'routing.delivery.withdrawn.v1',
  payload: DeliveryWithdrawnPayload,
  consumers: ['notifications', 'analytics', 'gateway'],
  summary: 'A delivery was withdrawn from its agent.',
});
