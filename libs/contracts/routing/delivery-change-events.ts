import { ChoiceField, IdField, ObjectField, TextField, TextListField } from '../fields/index.js';
import { defineEvent } from '../kernel/index.js';
import { TimeWindow } from '../values/index.js';
import { DeliveryFact } from './events.js';

export class DeliveryUpdatedPayload extends DeliveryFact {
  /** The fields that are different now: `window`, `parcel`. */
  @TextListField({ minItems: 1, maxItems: 20, item: { max: 40 } }) changed!: string[];
  @ObjectField(() => TimeWindow) window!: TimeWindow;
}

export class DeliveryCanceledPayload extends DeliveryFact {
  @TextField({ optional: true, max: 300 }) reason?: string;
  /** Who had it. */
  @IdField({ optional: true }) agentId?: string;
}

export class DeliveryReplannedPayload extends DeliveryFact {
  @ObjectField(() => TimeWindow) window!: TimeWindow;
}

/** The window it is planned for again. */
export class DeliveryReinstatedPayload extends DeliveryFact {
  @ObjectField(() => TimeWindow) window!: TimeWindow;
}

export const WITHDRAWAL_REASONS = ['reassigned', 'changed', 'replanned', 'rescheduled', 'refused'] as const;
export type WithdrawalReason = (typeof WITHDRAWAL_REASONS)[number];

export class DeliveryWithdrawnPayload extends DeliveryFact {
  /** Who had it until now. */
  @IdField() agentId!: string;
  @ChoiceField(WITHDRAWAL_REASONS) reason!: WithdrawalReason;
}

export const DeliveryUpdated = defineEvent({
  subject: 'routing.delivery.updated.v1',
  payload: DeliveryUpdatedPayload,
  consumers: ['analytics', 'gateway'],
  summary: 'A partner or dispatcher corrected it.',
});
export const DeliveryCanceled = defineEvent({
  subject: 'routing.delivery.canceled.v1',
  payload: DeliveryCanceledPayload,
  consumers: ['telephony', 'notifications', 'analytics', 'gateway'],
  summary: 'It was taken back; nobody shall deliver it.',
});
export const DeliveryReplanned = defineEvent({
  subject: 'routing.delivery.replanned.v1',
  payload: DeliveryReplannedPayload,
  consumers: ['notifications', 'analytics', 'gateway'],
  summary: 'A partner or dispatcher gave it another window; its plan begins anew.',
});
export const DeliveryReinstated = defineEvent({
  subject: 'routing.delivery.reinstated.v1',
  payload: DeliveryReinstatedPayload,
  consumers: ['notifications', 'analytics', 'gateway'],
  summary: 'The customer did not refuse or move it after all; it is delivered as planned before.',
});
export const DeliveryWithdrawn = defineEvent({
  subject: 'routing.delivery.withdrawn.v1',
  payload: DeliveryWithdrawnPayload,
  consumers: ['notifications', 'analytics', 'gateway'],
  summary: 'An agent does not have it any more.',
});
