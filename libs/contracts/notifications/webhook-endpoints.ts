import {
  ChoiceField,
  ChoiceListField,
  FlagField,
  IdField,
  InstantField,
  IntegerField,
  ObjectListField,
  TextField,
} from '../fields/index.js';
import { defineCommand, defineEvent, defineQuery } from '../kernel/index.js';
import { PARTNER_WEBHOOK_TYPES, type PartnerWebhookType } from './partner-webhooks.js';

const URL_TEXT = { max: 1000, pattern: /^https?:\/\//, patternMeaning: 'an http(s) URL' };
const TYPES = {
  optional: true,
  minItems: 1,
  maxItems: 50,
  description: 'Only these types are sent; absent, all are, also those that are added later.',
};

export const WEBHOOK_STATES = [
  /** Waits until the one before it, about the same delivery to the same endpoint, is settled. */
  'queued',
  /** At the head of its lane: being tried. */
  'pending',
  'delivered',
  /** Every try failed. */
  'exhausted',
  /** The endpoint answered 410 Gone, or was disabled or deleted. */
  'endpoint_gone',
] as const;
export type WebhookState = (typeof WEBHOOK_STATES)[number];

export class WebhookEndpointInput {
  @TextField({ ...URL_TEXT, example: 'https://shop.example/hooks/delauto' }) url!: string;
  @ChoiceListField(PARTNER_WEBHOOK_TYPES, TYPES) types?: PartnerWebhookType[];
}

/** Where a partner is told. Its secret is told when it is made, and never again. */
export class WebhookEndpoint extends WebhookEndpointInput {
  @IdField() endpointId!: string;
  @FlagField({ description: 'False when it was switched off, or answered 410 Gone.' }) enabled!: boolean;
  @IntegerField({ min: 1 }) revision!: number;
  @InstantField() createdAt!: string;
}

export class WebhookEndpointWithSecret extends WebhookEndpoint {
  @TextField({ max: 200, description: 'Signs by Standard Webhooks; shown this once.' }) secret!: string;
}

export class ListWebhookEndpointsRequest {
  @IntegerField({ min: 1, max: 200 }) limit!: number;
  @TextField({ optional: true, max: 200 }) cursor?: string;
}

export class WebhookEndpointPage {
  @ObjectListField(() => WebhookEndpoint, { maxItems: 200 }) items!: WebhookEndpoint[];
  @TextField({ optional: true, max: 200 }) nextCursor?: string;
}

export class GetWebhookEndpointRequest {
  @IdField() endpointId!: string;
}

export class WebhookEndpointChanges {
  @TextField({ ...URL_TEXT, optional: true }) url?: string;
  @ChoiceListField(PARTNER_WEBHOOK_TYPES, { ...TYPES, nullable: true, description: 'null: all types again.' })
  types?: PartnerWebhookType[] | null;
  @FlagField({ optional: true }) enabled?: boolean;
}

export class ChangeWebhookEndpointRequest extends WebhookEndpointChanges {
  @IdField() endpointId!: string;
  @IntegerField({ optional: true, min: 1 }) expectedRevision?: number;
}

export class WebhookSecretRotation {
  @IntegerField({
    optional: true,
    min: 0,
    max: 168,
    description:
      'Hours for which the secret before signs too, so that no webhook is refused meanwhile; 24 when absent.',
  })
  overlapHours?: number;
}

export class RotateWebhookSecretRequest extends WebhookSecretRotation {
  @IdField() endpointId!: string;
  @IntegerField({ optional: true, min: 1 }) expectedRevision?: number;
}

export class DeleteWebhookEndpointRequest {
  @IdField() endpointId!: string;
  @IntegerField({ optional: true, min: 1 }) expectedRevision?: number;
}

/** One webhook and what became of it. */
export class WebhookDelivery {
  @IdField() webhookId!: string;
  @IdField() endpointId!: string;
  @TextField({ max: 100 }) type!: string;
  @IdField({ optional: true }) deliveryId?: string;
  @ChoiceField(WEBHOOK_STATES) state!: WebhookState;
  /** Since it was queued, or replayed. */
  @IntegerField({ min: 0 }) tries!: number;
  @IntegerField({ optional: true, description: 'The HTTP status of the last try, where there was an answer.' })
  lastStatus?: number;
  @TextField({ optional: true, max: 500 }) lastError?: string;
  @InstantField({ optional: true }) nextTryAt?: string;
  @InstantField() createdAt!: string;
  @InstantField({ optional: true }) settledAt?: string;
}

export class ListWebhookDeliveriesRequest {
  @IdField() endpointId!: string;
  @IntegerField({ min: 1, max: 200 }) limit!: number;
  @TextField({ optional: true, max: 200 }) cursor?: string;
}

export class WebhookDeliveryPage {
  @ObjectListField(() => WebhookDelivery, { maxItems: 200 }) items!: WebhookDelivery[];
  @TextField({ optional: true, max: 200 }) nextCursor?: string;
}

export class ReplayWebhookRequest {
  @IdField() endpointId!: string;
  @IdField() webhookId!: string;
}

export class WebhookSettledPayload {
  @IdField() webhookId!: string;
  @IdField() endpointId!: string;
  @IdField({ optional: true }) deliveryId?: string;
  @TextField({ max: 100 }) type!: string;
  @ChoiceField(['delivered', 'exhausted', 'endpoint_gone']) result!: 'delivered' | 'exhausted' | 'endpoint_gone';
  /** 0 when the endpoint was gone before the first. */
  @IntegerField({ min: 0 }) tries!: number;
  @InstantField() settledAt!: string;
}

export class WebhookReplayedPayload {
  @IdField() webhookId!: string;
  @IdField() endpointId!: string;
}

export class WebhookEndpointDeletedPayload {
  @IdField() endpointId!: string;
}

export class WebhookSecretRotatedPayload {
  @IdField() endpointId!: string;
  @InstantField({ description: 'Until then the secret before signs too.' }) previousUntil!: string;
}

export const WebhookSettled = defineEvent({
  subject: 'notifications.webhook.settled.v1',
  payload: WebhookSettledPayload,
  consumers: ['analytics'],
  summary: 'A partner’s webhook was delivered, or given up with its reason.',
});
export const WebhookReplayed = defineEvent({
  subject: 'notifications.webhook.replayed.v1',
  payload: WebhookReplayedPayload,
  consumers: ['gateway', 'analytics'],
  summary: 'A settled webhook is sent again, under the same id.',
});
export const WebhookEndpointCreated = defineEvent({
  subject: 'notifications.webhook-endpoint.created.v1',
  payload: WebhookEndpoint,
  consumers: ['gateway', 'analytics'],
  summary: 'A partner wants to be told.',
});
export const WebhookEndpointChanged = defineEvent({
  subject: 'notifications.webhook-endpoint.changed.v1',
  payload: WebhookEndpoint,
  consumers: ['gateway', 'analytics'],
  summary: 'A partner wants to be told elsewhere, of other things, or not for now.',
});
export const WebhookSecretRotated = defineEvent({
  subject: 'notifications.webhook-endpoint.secret-rotated.v1',
  payload: WebhookSecretRotatedPayload,
  consumers: ['gateway', 'analytics'],
  summary: 'Webhooks are signed by a new secret; for a while by the one before, too.',
});
export const WebhookEndpointDeleted = defineEvent({
  subject: 'notifications.webhook-endpoint.deleted.v1',
  payload: WebhookEndpointDeletedPayload,
  consumers: ['gateway', 'analytics'],
  summary: 'A partner is not told there any more.',
});
export const CreateWebhookEndpointRpc = defineCommand({
  subject: 'rpc.notifications.webhook-endpoint.create.v1',
  request: WebhookEndpointInput,
  reply: WebhookEndpointWithSecret,
  errors: ['address_not_allowed'],
  callers: ['gateway'],
  summary: 'A partner wants to be told; answers with the signing secret.',
});
export const ListWebhookEndpointsRpc = defineQuery({
  subject: 'rpc.notifications.webhook-endpoint.list.v1',
  request: ListWebhookEndpointsRequest,
  reply: WebhookEndpointPage,
  callers: ['gateway'],
  summary: 'The endpoints of an organisation, newest first.',
});
export const GetWebhookEndpointRpc = defineQuery({
  subject: 'rpc.notifications.webhook-endpoint.get.v1',
  request: GetWebhookEndpointRequest,
  reply: WebhookEndpoint,
  callers: ['gateway'],
  summary: 'One endpoint, without its secret.',
});
export const ChangeWebhookEndpointRpc = defineCommand({
  subject: 'rpc.notifications.webhook-endpoint.change.v1',
  request: ChangeWebhookEndpointRequest,
  reply: WebhookEndpoint,
  errors: ['address_not_allowed', 'revision_mismatch'],
  callers: ['gateway'],
  summary: 'Changes where, of what and whether a partner is told.',
});
export const RotateWebhookSecretRpc = defineCommand({
  subject: 'rpc.notifications.webhook-endpoint.rotate-secret.v1',
  request: RotateWebhookSecretRequest,
  reply: WebhookEndpointWithSecret,
  errors: ['revision_mismatch', 'rotated_too_often'],
  callers: ['gateway'],
  summary: 'Makes a new secret; the one before signs beside it for a while.',
});
export const DeleteWebhookEndpointRpc = defineCommand({
  subject: 'rpc.notifications.webhook-endpoint.delete.v1',
  request: DeleteWebhookEndpointRequest,
  reply: WebhookEndpointDeletedPayload,
  errors: ['revision_mismatch'],
  callers: ['gateway'],
  summary: 'Nothing more is sent there; what waits is settled as endpoint_gone.',
});
export const ListWebhookDeliveriesRpc = defineQuery({
  subject: 'rpc.notifications.webhook-delivery.list.v1',
  request: ListWebhookDeliveriesRequest,
  reply: WebhookDeliveryPage,
  callers: ['gateway'],
  summary: 'What was sent to an endpoint and what became of it, newest first.',
});
export const ReplayWebhookRpc = defineCommand({
  subject: 'rpc.notifications.webhook-delivery.replay.v1',
  request: ReplayWebhookRequest,
  reply: WebhookDelivery,
  errors: ['webhook_not_settled', 'endpoint_disabled'],
  callers: ['gateway'],
  summary: 'Sends a settled webhook again: same id, same body, new signature.',
});
