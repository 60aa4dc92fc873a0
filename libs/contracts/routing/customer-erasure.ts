import { ChoiceField, IdField, InstantField, IntegerField, ObjectListField, TextListField } from '../fields/index.js';
import { defineCommand, defineEvent, defineQuery } from '../kernel/index.js';
import { CustomerFact } from './customer.js';

/** The apps that hold something of a customer. */
export const ERASURE_APPS = ['routing', 'telephony', 'transcription', 'notifications', 'analytics'] as const;
export type ErasureApp = (typeof ERASURE_APPS)[number];

const ID = { max: 128, pattern: /^[A-Za-z0-9][A-Za-z0-9._~-]*$/, patternMeaning: 'an identifier' };
/** As many of a customer's deliveries one event can name. */
export const MOST_ERASED_DELIVERIES = 10_000;

export class ErasurePart {
  @ChoiceField(ERASURE_APPS) app!: ErasureApp;
  @ChoiceField(['pending', 'done']) state!: 'pending' | 'done';
  @InstantField({ optional: true }) doneAt?: string;
}

/** The receipt of an erasure: what was asked for, what is done, and what no app can erase. */
export class Erasure {
  @IdField() erasureId!: string;
  @IdField() customerId!: string;
  @InstantField() requestedAt!: string;
  @InstantField({ optional: true, description: 'When the last app reported.' }) completedAt?: string;
  @ObjectListField(() => ErasurePart, { maxItems: 10 }) parts!: ErasurePart[];
  @TextListField({ maxItems: 20, item: { max: 300 }, description: 'What is kept, where, and for how long.' })
  retained!: string[];
  @IntegerField({ min: 1 }) revision!: number;
}

export class EraseCustomerRequest {
  @IdField() customerId!: string;
  @IntegerField({ optional: true, min: 1 }) expectedRevision?: number;
}

export class GetErasureRequest {
  @IdField() customerId!: string;
  @IdField() erasureId!: string;
}

export class CustomerErasedPayload extends CustomerFact {
  @IdField() erasureId!: string;
  @TextListField({ maxItems: MOST_ERASED_DELIVERIES, item: ID }) deliveryIds!: string[];
}

export const EraseCustomerRpc = defineCommand({
  subject: 'rpc.routing.customer.erase.v1',
  request: EraseCustomerRequest,
  reply: Erasure,
  errors: ['deliveries_open'],
  callers: ['gateway'],
  summary: 'Erases a customer: here at once, in the other apps as soon as they hear of it.',
});

export const GetErasureRpc = defineQuery({
  subject: 'rpc.routing.erasure.get.v1',
  request: GetErasureRequest,
  reply: Erasure,
  callers: ['gateway'],
  summary: 'How far the erasure of a customer is.',
});

export const CustomerErased = defineEvent({
  subject: 'routing.customer.erased.v1',
  payload: CustomerErasedPayload,
  consumers: ['telephony', 'transcription', 'notifications', 'analytics', 'gateway'],
  summary: 'A customer is to be forgotten: whoever holds something of these deliveries erases it and reports.',
});
