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
  /** They want no more calls or messages from this organisation. */
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
  @TextField({ optional: true, max: 60, description: 'How the name begins, in upper or lower case.' })
  namePrefix?: string;
  @FlagField({ optional: true }) doNotCall?: boolean;
}

export class CustomerPage {
  @ObjectListField(() => Customer, { maxItems: 200 }) items!: Customer[];
  @TextField({ optional: true, max: 1000 }) nextCursor?: string;
}

/** What may be changed of a customer by itself; what is left out stays. Wishes and consent have resources of their own. */
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

/** What changed of a customer; never what it says, because a stream cannot forget it. */
export const CUSTOMER_PARTS = ['facts', 'preferences', 'consent'] as const;
export type CustomerPart = (typeof CUSTOMER_PARTS)[number];

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
  summary: 'Creates a customer, or updates the one with this phone number.',
});

export const GetCustomerRpc = defineQuery({
  subject: 'rpc.routing.customer.get.v1',
  request: GetCustomerRequest,
  reply: Customer,
  callers: ['gateway'],
  summary: 'One customer.',
});

export const ListCustomersRpc = defineQuery({
  subject: 'rpc.routing.customer.list.v1',
  request: ListCustomersRequest,
  reply: CustomerPage,
  callers: ['gateway'],
  summary: 'Customers, newest first, or by name where a beginning of it is given.',
});

export const UpdateCustomerRpc = defineCommand({
  subject: 'rpc.routing.customer.update.v1',
  request: UpdateCustomerRequest,
  reply: Customer,
  errors: ['phone_taken'],
  callers: ['gateway'],
  summary: 'Changes what is known of a customer; a number that changed is called at from now on.',
});

export const CustomerCreated = defineEvent({
  subject: 'routing.customer.created.v1',
  payload: CustomerFact,
  consumers: ['gateway'],
  summary: 'A customer became known.',
});

export const CustomerChanged = defineEvent({
  subject: 'routing.customer.changed.v1',
  payload: CustomerChangedPayload,
  consumers: ['gateway'],
  summary: 'What is known of a customer changed: which part, not what it says.',
});

export const CustomerOptedOut = defineEvent({
  subject: 'routing.customer.opted-out.v1',
  payload: CustomerOptedOutPayload,
  consumers: ['telephony', 'notifications', 'analytics', 'gateway'],
  summary: 'A customer wants no more calls or messages from this organisation, on any channel.',
});

export const CustomerOptedIn = defineEvent({
  subject: 'routing.customer.opted-in.v1',
  payload: CustomerOptedInPayload,
  consumers: ['telephony', 'gateway'],
  summary: 'A customer who wanted no more calls consented again; telephony lifts what routing asked it to suppress.',
});
