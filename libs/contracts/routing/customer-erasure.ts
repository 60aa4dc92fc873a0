import { ChoiceField, IdField, InstantField, IntegerField, ObjectListField, TextListField } from '../fields/index.js';
import { defineCommand, defineEvent, defineQuery } from '../kernel/index.js';
import { CustomerFact } from './customer.js';

/** The apps that store personal data of customers. */
export const ERASURE_APPS = ['routing', 'telephony', 'transcription', 'notifications', 'analytics'] as const;
export type ErasureApp = (typeof ERASURE_APPS)[number];

const ID = { max: 128, pattern: /^[A-Za-z0-9][A-Za-z0-9._~-]*$/, patternMeaning: 'an identifier' };
/** Maximum number of deliveries that one erasure event can list. */
export const MAX_ERASED_DELIVERIES = 10_000;

/** The progress of an erasure in one app. */
export class ErasurePart {
  @ChoiceField(ERASURE_APPS) app!: ErasureApp;
  @ChoiceField(['pending', 'done']) state!: 'pending' | 'done';
  @InstantField({ optional: true }) doneAt?: string;
}

/** The record of an erasure: the request, the progress of each app, and the data that cannot be erased. */
export class Erasure {
  @IdField() erasureId!: string;
  @IdField() customerId!: string;
  @InstantField() requestedAt!: string;
  @InstantField({ optional: true, description: 'When the last app reported that it erased its data.' })
  completedAt?: string;
  @ObjectListField(() => ErasurePart, { maxItems: 10 }) parts!: ErasurePart[];
  @TextListField({
    maxItems: 20,
    item: { max: 300 },
    description: 'The data that is retained, where it is stored, and for how long.',
  })
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
  @TextListField({ maxItems: MAX_ERASED_DELIVERIES, item: ID }) deliveryIds!: string[];
}

export const EraseCustomerRpc = defineCommand({
  subject: 'rpc.routing.customer.erase.v1',
  request: EraseCustomerRequest,
  reply: Erasure,
  errors: ['deliveries_open'],
  callers: ['gateway'],
  summary: 'Erases a customer: in routing at once, and in the other apps as soon as they receive the event.',
});

export const GetErasureRpc = defineQuery({
  subject: 'rpc.routing.erasure.get.v1',
  request: GetErasureRequest,
  reply: Erasure,
  callers: ['gateway'],
  summary: 'Returns the progress of a customer’s erasure.',
});

export const CustomerErased = defineEvent({
  subject: 'routing.customer.erased.v1',
  payload: CustomerErasedPayload,
  consumers: ['telephony', 'transcription', 'notifications', 'analytics', 'gateway'],
  summary: 'The erasure of a customer was requested. Each app erases its data of the listed deliveries and reports it.',
});
