import {
  ChoiceField,
  FlagField,
  IdField,
  IntegerField,
  ObjectField,
  TextField,
  type ContractClass,
} from '../fields/index.js';
import { SAFE_PLACES, TimeWindow } from '../values/index.js';

/**
 * The webhooks that partners receive. The body is `{ type, timestamp, data }`, signed according to Standard Webhooks.
 * The classes in this file are the `data` of each type. None holds a phone number, an access code or the customer's own
 * words: partners read those over the API, where each request is authorized.
 */
export class WebhookData {
  @IntegerField({
    min: 1,
    description:
      'Ascending per delivery, or per customer for customer.opted_out. A webhook with a lower sequence describes an earlier state.',
  })
  sequence!: number;
}

export class DeliveryWebhookData extends WebhookData {
  @IdField({ description: 'DelAuto’s ID of the delivery.' }) deliveryId!: string;
  @TextField({ max: 100, description: 'Your reference of the delivery.' }) reference!: string;
}

export class DeliveryAssignedData extends DeliveryWebhookData {
  @IdField() agentId!: string;
  @TextField({ max: 120 }) agentName!: string;
  @ObjectField(() => TimeWindow, { description: 'When the delivery is planned to arrive.' }) window!: TimeWindow;
  @FlagField({ description: 'Whether the customer was asked and answered.' }) customerReached!: boolean;
  @TextField({ optional: true, max: 100, description: 'The outcome of the last call, or why no call was placed.' })
  contactOutcome?: string;
  @TextField({ max: 1000, description: 'The customer’s instructions in one line of text.' }) summary!: string;
}

export class DeliveryAcknowledgedData extends DeliveryWebhookData {
  @IdField() agentId!: string;
}

export class DeliveryRescheduledData extends DeliveryWebhookData {
  @ObjectField(() => TimeWindow, {
    optional: true,
    description: 'The window that the customer asked for. Absent if the customer did not name one.',
  })
  window?: TimeWindow;
}

export class DeliveryCanceledData extends DeliveryWebhookData {
  @TextField({
    optional: true,
    max: 300,
    description: 'The reason, in the words of the person who canceled the delivery.',
  })
  reason?: string;
}

export class DeliveryOutForDeliveryData extends DeliveryWebhookData {
  @IdField() agentId!: string;
}

export class DeliveryDeliveredData extends DeliveryWebhookData {
  @IdField() agentId!: string;
  @ChoiceField(SAFE_PLACES, { optional: true, description: 'Where the parcel was left. Absent if it was handed over.' })
  safePlaceUsed?: (typeof SAFE_PLACES)[number];
}

export class DeliveryFailedData extends DeliveryWebhookData {
  @IdField() agentId!: string;
  @TextField({ max: 60, description: 'The reason as a code, such as nobody_home or no_access.' }) reason!: string;
}

export class DeliveryRefusedData extends DeliveryWebhookData {}

export class DeliveryReinstatedData extends DeliveryWebhookData {
  @ObjectField(() => TimeWindow, { description: 'The window for which the delivery is planned again.' })
  window!: TimeWindow;
}

export class DeliveryUnassignableData extends DeliveryWebhookData {
  @TextField({ max: 1000, description: 'The binding constraint.' }) reason!: string;
}

/** Data of `customer.opted_out`. */
export class CustomerOptedOutData extends WebhookData {
  @IdField() customerId!: string;
  @IdField({ optional: true, description: 'The delivery in whose call the customer opted out.' }) deliveryId?: string;
}

/** The data of each type of webhook. */
export const PARTNER_WEBHOOKS = {
  'delivery.assigned': DeliveryAssignedData,
  'delivery.acknowledged': DeliveryAcknowledgedData,
  'delivery.rescheduled': DeliveryRescheduledData,
  'delivery.canceled': DeliveryCanceledData,
  'delivery.out_for_delivery': DeliveryOutForDeliveryData,
  'delivery.delivered': DeliveryDeliveredData,
  'delivery.failed': DeliveryFailedData,
  'delivery.refused': DeliveryRefusedData,
  'delivery.reinstated': DeliveryReinstatedData,
  'delivery.unassignable': DeliveryUnassignableData,
  'customer.opted_out': CustomerOptedOutData,
} as const satisfies Record<string, ContractClass<WebhookData>>;

/** A type of webhook, such as `delivery.assigned`. */
export type PartnerWebhookType = keyof typeof PARTNER_WEBHOOKS;

/** All types of webhooks. */
export const PARTNER_WEBHOOK_TYPES = Object.keys(PARTNER_WEBHOOKS) as PartnerWebhookType[];

/** The body of a webhook, as JSON. */
export interface PartnerWebhook<T extends PartnerWebhookType = PartnerWebhookType> {
  readonly type: T;
  /** When the event happened, not when the webhook was sent: UTC instant, ISO 8601. */
  readonly timestamp: string;
  readonly data: InstanceType<(typeof PARTNER_WEBHOOKS)[T]>;
}
