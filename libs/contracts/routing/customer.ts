import { LEGAL_BASES, type LegalBasis } from '#libs/domain/calling-rules/calling-rules.values.js';
import {
  ChoiceField,
  ChoiceListField,
  FlagField,
  IdField,
  InstantField,
  IntegerField,
  ObjectField,
  ObjectListField,
  PhoneField,
  PositionField,
  TextField,
  TimeZoneField,
} from '../fields/index.js';
import { defineCommand, defineEvent, defineQuery } from '../kernel/index.js';
import { LANGUAGES, TimeWindow, type Language } from '../values/index.js';

export { LEGAL_BASES, type LegalBasis };

/** A customer as the partner describes them. */
export class CustomerInput {
  @TextField({ max: 120 }) name!: string;
  @PhoneField() phone!: string;
  @ChoiceField(LANGUAGES, { optional: true }) language?: Language;
  /** The customer's time zone, if the partner knows it. Calls must be lawful in it as well. */
  @TimeZoneField({ optional: true }) zone?: string;
  @TextField({ optional: true, max: 300 }) address?: string;
  @PositionField() position!: [number, number];
  @ChoiceField(LEGAL_BASES, { optional: true }) legalBasis?: LegalBasis;
  /** Windows in which the customer prefers to be called. */
  @ObjectListField(() => TimeWindow, { optional: true, maxItems: 20 }) callWindows?: TimeWindow[];
}

/** A customer as stored. */
export class Customer extends CustomerInput {
  @IdField() customerId!: string;
  /** Whether the customer has opted out of all calls and messages from this organization. */
  @FlagField() doNotCall!: boolean;
  @InstantField() createdAt!: string;
  @InstantField() updatedAt!: string;
  @IntegerField({ min: 1 }) revision!: number;
}

export class GetCustomerRequest {
  @IdField() customerId!: string;
}

export class ListCustomersRequest {
  @IntegerField({ min: 1, max: 200 }) limit!: number;
  @TextField({ optional: true, max: 1000 }) cursor?: string;
  @PhoneField({ optional: true }) phone?: string;
  @TextField({ optional: true, max: 60, description: 'A prefix of the name, case-insensitive.' })
  namePrefix?: string;
  @FlagField({ optional: true }) doNotCall?: boolean;
}

export class CustomerPage {
  @ObjectListField(() => Customer, { maxItems: 200 }) items!: Customer[];
  @TextField({ optional: true, max: 1000 }) nextCursor?: string;
}

/**
 * The fields of a customer that can be changed. Absent fields keep their values. Preferences and consent are separate
 * resources.
 */
export class CustomerChanges {
  @TextField({ optional: true, max: 120 }) name?: string;
  @PhoneField({ optional: true }) phone?: string;
  @TimeZoneField({ optional: true }) zone?: string;
  @TextField({ optional: true, max: 300 }) address?: string;
  @PositionField({ optional: true }) position?: [number, number];
}

export class UpdateCustomerRequest {
  @IdField() customerId!: string;
  @IntegerField({ optional: true, min: 1 }) expectedRevision?: number;
  @ObjectField(() => CustomerChanges) changes!: CustomerChanges;
}

/** The part of a customer that changed. Events never hold the new values, because a stream cannot erase them. */
export const CUSTOMER_PARTS = ['facts', 'preferences', 'consent'] as const;
export type CustomerPart = (typeof CUSTOMER_PARTS)[number];

/** The fields of every event about a customer. */
export class CustomerFact {
  @IdField() customerId!: string;
}

export class CustomerChangedPayload extends CustomerFact {
  @ChoiceListField(CUSTOMER_PARTS, { minItems: 1, maxItems: 3 }) parts!: CustomerPart[];
}

export class CustomerOptedOutPayload extends CustomerFact {
  @PhoneField() phone!: string;
  @IdField({ optional: true }) deliveryId?: string;
}

export class CustomerOptedInPayload extends CustomerFact {
  @PhoneField() phone!: string;
}

export const PutCustomerRpc = defineCommand({
  subject: 'rpc.routing.customer.put.v1',
  request: CustomerInput,
  reply: Customer,
  callers: ['gateway'],
  summary: 'Creates a customer, or updates the customer with the same phone number.',
});

export const GetCustomerRpc = defineQuery({
  subject: 'rpc.routing.customer.get.v1',
  request: GetCustomerRequest,
  reply: Customer,
  callers: ['gateway'],
  summary: 'Returns a customer.',
});

export const ListCustomersRpc = defineQuery({
  subject: 'rpc.routing.customer.list.v1',
  request: ListCustomersRequest,
  reply: CustomerPage,
  callers: ['gateway'],
  summary: 'Lists customers, newest first, or by name if a name prefix is given.',
});

export const UpdateCustomerRpc = defineCommand({
  subject: 'rpc.routing.customer.update.v1',
  request: UpdateCustomerRequest,
  reply: Customer,
  errors: ['phone_taken'],
  callers: ['gateway'],
  summary: 'Updates a customer. A changed phone number is used for all further calls.',
});

export const CustomerCreated = defineEvent({
  subject: 'routing.customer.created.v1',
  payload: CustomerFact,
  consumers: ['gateway'],
  summary: 'A customer was created.',
});

export const CustomerChanged = defineEvent({
  subject: 'routing.customer.changed.v1',
  payload: CustomerChangedPayload,
  consumers: ['gateway'],
  summary: 'The data of a customer changed. The event lists the changed parts, not their values.',
});

export const CustomerOptedOut = defineEvent({
  subject: 'routing.customer.opted-out.v1',
  payload: CustomerOptedOutPayload,
  consumers: ['telephony', 'notifications', 'analytics', 'gateway'],
  summary: 'A customer opted out of all calls and messages from this organization, on every channel.',
});

export const CustomerOptedIn = defineEvent({
  subject: 'routing.customer.opted-in.v1',
  payload: CustomerOptedInPayload,
  consumers: ['telephony', 'gateway'],
  summary: 'A customer who had opted out consented again. Telephony lifts the suppression that routing requested.',
});
