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
  description: 'The types to send. If absent, all types are sent, including types that are added later.',
};

/** The states of a webhook delivery. */
export const WEBHOOK_STATES = [
  /** Waits until the previous webhook about the same delivery to the same endpoint is settled. */
  'queued',
  /** First in the queue of its delivery and endpoint, and being sent. */
  'pending',
  'delivered',
  /** Every attempt failed. */
  'exhausted',
  /** The endpoint responded with 410 Gone, or was disabled or deleted. */
  'endpoint_gone',
] as const;
export type WebhookState = (typeof WEBHOOK_STATES)[number];

/** A webhook endpoint to create. */
export class WebhookEndpointInput {
  @TextField({ ...URL_TEXT, example: 'https://shop.example/hooks/delauto' }) url!: string;
  @ChoiceListField(PARTNER_WEBHOOK_TYPES, TYPES) types?: PartnerWebhookType[];
}

/** An endpoint to which webhooks are sent. Its signing secret is returned only when it is created. */
export class WebhookEndpoint extends WebhookEndpointInput {
  @IdField() endpointId!: string;
  @FlagField({
    description: 'Whether webhooks are sent. False if the endpoint was disabled or responded with 410 Gone.',
  })
  enabled!: boolean;
  @IntegerField({ min: 1 }) revision!: number;
  @InstantField() createdAt!: string;
}

/** A webhook endpoint with its new secret. */
export class WebhookEndpointWithSecret extends WebhookEndpoint {
  @TextField({ max: 200, description: 'The signing secret according to Standard Webhooks. It is returned only once.' })
  secret!: string;
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

/** The fields of a webhook endpoint to change. Absent fields stay unchanged. */
export class WebhookEndpointChanges {
  @TextField({ ...URL_TEXT, optional: true }) url?: string;
  @ChoiceListField(PARTNER_WEBHOOK_TYPES, {
    ...TYPES,
    nullable: true,
    description: 'The types to send. `null` restores all types.',
  })
  types?: PartnerWebhookType[] | null;
  @FlagField({ optional: true }) enabled?: boolean;
}

export class ChangeWebhookEndpointRequest extends WebhookEndpointChanges {
  @IdField() endpointId!: string;
  @IntegerField({ optional: true, min: 1 }) expectedRevision?: number;
}

/** Options of the rotation of a signing secret. */
export class WebhookSecretRotation {
  @IntegerField({
    optional: true,
    min: 0,
    max: 168,
    description:
      'Hours during which webhooks are also signed with the previous secret, so that none is rejected during the rotation. Defaults to 24.',
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

/** One webhook and the state of its delivery. */
export class WebhookDelivery {
  @IdField() webhookId!: string;
  @IdField() endpointId!: string;
  @TextField({ max: 100 }) type!: string;
  @IdField({ optional: true }) deliveryId?: string;
  @ChoiceField(WEBHOOK_STATES) state!: WebhookState;
  /** Number of attempts since the webhook was queued or last replayed. */
  @IntegerField({ min: 0 }) tries!: number;
  @IntegerField({
    optional: true,
    description: 'The HTTP status of the last attempt. Absent if there was no response.',
  })
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
  /** 0 if the endpoint was gone before the first attempt. */
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
  @InstantField({ description: 'Until when webhooks are also signed with the previous secret.' })
  previousUntil!: string;
}

export const WebhookSettled = defineEvent({
  subject: 'notifications.webhook.settled.v1',
  payload: WebhookSettledPayload,
  consumers: ['analytics'],
  summary: 'A partner’s webhook was delivered, or was abandoned for the given reason.',
});
export const WebhookReplayed = defineEvent({
  subject: 'notifications.webhook.replayed.v1',
  payload: WebhookReplayedPayload,
  consumers: ['gateway', 'analytics'],
  summary: 'A settled webhook is sent again with the same ID.',
});
export const WebhookEndpointCreated = defineEvent({
  subject: 'notifications.webhook-endpoint.created.v1',
  payload: WebhookEndpoint,
  consumers: ['gateway', 'analytics'],
  summary: 'A partner created a webhook endpoint.',
});
export const WebhookEndpointChanged = defineEvent({
  subject: 'notifications.webhook-endpoint.changed.v1',
  payload: WebhookEndpoint,
  consumers: ['gateway', 'analytics'],
  summary: 'The URL, the types or the status of a webhook endpoint changed.',
});
export const WebhookSecretRotated = defineEvent({
  subject: 'notifications.webhook-endpoint.secret-rotated.v1',
  payload: WebhookSecretRotatedPayload,
  consumers: ['gateway', 'analytics'],
  summary: 'A webhook endpoint has a new secret. For a time, webhooks are also signed with the previous one.',
});
export const WebhookEndpointDeleted = defineEvent({
  subject: 'notifications.webhook-endpoint.deleted.v1',
  payload: WebhookEndpointDeletedPayload,
  consumers: ['gateway', 'analytics'],
  summary: 'A webhook endpoint was deleted.',
});
export const CreateWebhookEndpointRpc = defineCommand({
  subject: 'rpc.notifications.webhook-endpoint.create.v1',
  request: WebhookEndpointInput,
  reply: WebhookEndpointWithSecret,
  errors: ['address_not_allowed'],
  callers: ['gateway'],
  summary: 'Creates a webhook endpoint and returns its signing secret.',
});
export const ListWebhookEndpointsRpc = defineQuery({
  subject: 'rpc.notifications.webhook-endpoint.list.v1',
  request: ListWebhookEndpointsRequest,
  reply: WebhookEndpointPage,
  callers: ['gateway'],
  summary: 'Lists the webhook endpoints of an organization, newest first.',
});
export const GetWebhookEndpointRpc = defineQuery({
  subject: 'rpc.notifications.webhook-endpoint.get.v1',
  request: GetWebhookEndpointRequest,
  reply: WebhookEndpoint,
  callers: ['gateway'],
  summary: 'Returns a webhook endpoint, without its secret.',
});
export const ChangeWebhookEndpointRpc = defineCommand({
  subject: 'rpc.notifications.webhook-endpoint.change.v1',
  request: ChangeWebhookEndpointRequest,
  reply: WebhookEndpoint,
  errors: ['address_not_allowed', 'revision_mismatch'],
  callers: ['gateway'],
  summary: 'Updates the URL, the types or the status of a webhook endpoint.',
});
export const RotateWebhookSecretRpc = defineCommand({
  subject: 'rpc.notifications.webhook-endpoint.rotate-secret.v1',
  request: RotateWebhookSecretRequest,
  reply: WebhookEndpointWithSecret,
  errors: ['revision_mismatch', 'rotated_too_often'],
  callers: ['gateway'],
  summary: 'Creates a new signing secret. For a time, webhooks are also signed with the previous one.',
});
export const DeleteWebhookEndpointRpc = defineCommand({
  subject: 'rpc.notifications.webhook-endpoint.delete.v1',
  request: DeleteWebhookEndpointRequest,
  reply: WebhookEndpointDeletedPayload,
  errors: ['revision_mismatch'],
  callers: ['gateway'],
  summary: 'Deletes a webhook endpoint. Waiting webhooks are settled as endpoint_gone.',
});
export const ListWebhookDeliveriesRpc = defineQuery({
  subject: 'rpc.notifications.webhook-delivery.list.v1',
  request: ListWebhookDeliveriesRequest,
  reply: WebhookDeliveryPage,
  callers: ['gateway'],
  summary: 'Lists the webhooks of an endpoint and the state of their delivery, newest first.',
});
export const ReplayWebhookRpc = defineCommand({
  subject: 'rpc.notifications.webhook-delivery.replay.v1',
  request: ReplayWebhookRequest,
  reply: WebhookDelivery,
  errors: ['webhook_not_settled', 'endpoint_disabled'],
  callers: ['gateway'],
  summary: 'Sends a settled webhook again, with the same ID, the same body and a new signature.',
});
