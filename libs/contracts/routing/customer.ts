import {
  ChoiceField,
  FlagField,
  IdField,
  ObjectListField,
  PhoneField,
  PositionField,
  TextField,
  TimeZoneField,
} from '../fields/index.js';
import { defineCommand, defineEvent, defineQuery } from '../kernel/index.js';
import { LANGUAGES, TimeWindow, type Language } from '../values/index.js';

export const LEGAL_BASES = ['consent', 'delivery_notice'] as const;
export type LegalBasis = (typeof LEGAL_BASES)[number];

/** Somebody who receives parcels, as a partner describes them. */
export class CustomerInput {
  @TextField({ max: 120 }) name!: string;
  @PhoneField() phone!: string;
  @ChoiceField(LANGUAGES, { optional: true }) language?: Language;
  /** Where they are, when the partner knows; calls must be lawful here too. */
  @TimeZoneField({ optional: true }) zone?: string;
  @TextField({ optional: true, max: 300 }) address?: string;
  @PositionField() position!: [number, number];
  @ChoiceField(LEGAL_BASES, { optional: true }) legalBasis?: LegalBasis;
  /** When the customer said they like to be called. */
  @ObjectListField(() => TimeWindow, { optional: true, maxItems: 20 }) callWindows?: TimeWindow[];
}

export class Customer extends CustomerInput {
  @IdField() customerId!: string;
  @FlagField() doNotCall!: boolean;
}

export class GetCustomerRequest {
  @IdField() customerId!: string;
}

export class CustomerOptedOutPayload {
  @IdField() customerId!: string;
  @PhoneField() phone!: string;
  @IdField({ optional: true }) deliveryId?: string;
}

export const PutCustomer = defineCommand({
  subject: 'rpc.routing.customer.put.v1',
  request: CustomerInput,
  reply: Customer,
  callers: ['gateway'],
  summary: 'Creates a customer, or updates the one with this phone number.',
});

export const GetCustomer = defineQuery({
  subject: 'rpc.routing.customer.get.v1',
  request: GetCustomerRequest,
  reply: Customer,
  callers: ['gateway'],
  summary: 'One customer.',
});

export const CustomerOptedOut = defineEvent({
  subject: 'routing.customer.opted-out.v1',
  payload: CustomerOptedOutPayload,
  consumers: ['telephony', 'notifications', 'analytics'],
  summary: 'A customer wants no more calls or messages from this organisation, on any channel.',
});
