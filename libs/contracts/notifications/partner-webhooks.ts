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
 * What partners are told by webhook. The body is `{ type, timestamp, data }`, signed by Standard Webhooks; the classes
 * here are the `data` of each type. None holds a phone number, an access code or the customer's own words: a partner
 * reads those over the API, where each reading is authorised.
 */
export class WebhookData {
  @IntegerField({
    min: 1,
    description: 'Ascending per delivery (per customer for customer.opted_out): a lower one is older news.',
  })
  sequence!: number;
}

export class DeliveryWebhookData extends WebhookData {
  @IdField({ description: 'DelAuto’s id of the delivery.' }) deliveryId!: string;
  @TextField({ max: 100, description: 'Your own number of the delivery.' }) reference!: string;
}

export class DeliveryAssignedData extends DeliveryWebhookData {
  @IdField() agentId!: string;
  @TextField({ max: 120 }) agentName!: string;
  @ObjectField(() => TimeWindow, { description: 'When it is planned to arrive.' }) window!: TimeWindow;
  @FlagField({ description: 'Whether the customer was asked and answered.' }) customerReached!: boolean;
  @TextField({ optional: true, max: 100, description: 'What became of the last call, or why none was made.' })
  contactOutcome?: string;
  @TextField({ max: 1000, description: 'What the customer wants, in one line.' }) summary!: string;
}

export class DeliveryAcknowledgedData extends DeliveryWebhookData {
  @IdField() agentId!: string;
}

export class DeliveryRescheduledData extends DeliveryWebhookData {
  @ObjectField(() => TimeWindow, { optional: true, description: 'Absent when the customer named no other time.' })
  window?: TimeWindow;
}

export class DeliveryCanceledData extends DeliveryWebhookData {
  @TextField({ optional: true, max: 300, description: 'As whoever canceled it put it.' }) reason?: string;
}

export class DeliveryOutForDeliveryData extends DeliveryWebhookData {
  @IdField() agentId!: string;
}

export class DeliveryDeliveredData extends DeliveryWebhookData {
  @IdField() agentId!: string;
  @ChoiceField(SAFE_PLACES, { optional: true, description: 'Where it was left; absent when it was handed over.' })
  safePlaceUsed?: (typeof SAFE_PLACES)[number];
}

export class DeliveryFailedData extends DeliveryWebhookData {
  @IdField() agentId!: string;
  @TextField({ max: 60, description: 'Why, as a code: nobody_home, no_access and so on.' }) reason!: string;
}

export class DeliveryRefusedData extends DeliveryWebhookData {}

export class DeliveryReinstatedData extends DeliveryWebhookData {
  @ObjectField(() => TimeWindow, { description: 'When it is planned to arrive, again.' }) window!: TimeWindow;
}

export class DeliveryUnassignableData extends DeliveryWebhookData {
  @TextField({ max: 1000, description: 'The constraint that binds.' }) reason!: string;
}

export class CustomerOptedOutData extends WebhookData {
  @IdField() customerId!: string;
  @IdField({ optional: true, description: 'The delivery in whose call it was said.' }) deliveryId?: string;
}

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

export type PartnerWebhookType = keyof typeof PARTNER_WEBHOOKS;

export const PARTNER_WEBHOOK_TYPES = Object.keys(PARTNER_WEBHOOKS) as PartnerWebhookType[];

/** The body of a webhook, as JSON. */
export interface PartnerWebhook<T extends PartnerWebhookType = PartnerWebhookType> {
  readonly type: T;
  /** UTC instant at which it happened, not at which it is sent; ISO 8601. */
  readonly timestamp: string;
  readonly data: InstanceType<(typeof PARTNER_WEBHOOKS)[T]>;
}
