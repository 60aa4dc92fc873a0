import { ChoiceField, IdField, InstantField, IntegerField, PhoneField, TextField } from '../fields/index.js';
import { defineCommand, defineEvent } from '../kernel/index.js';

/** A browser's or app's push subscription, as the Push API gives it (RFC 8030, keys by RFC 8291). */
export class PushSubscriptionInput {
  @IdField() agentId!: string;
  @TextField({ max: 1000, pattern: /^https?:\/\//, patternMeaning: 'an http(s) URL' }) endpoint!: string;
  @TextField({ max: 200 }) p256dh!: string;
  @TextField({ max: 100 }) auth!: string;
}

export class PushSubscription extends PushSubscriptionInput {
  @IdField() deviceId!: string;
}

export class WebhookEndpointInput {
  @TextField({ max: 1000, pattern: /^https?:\/\//, patternMeaning: 'an http(s) URL' }) url!: string;
}

/** A partner's endpoint; the secret signs by Standard Webhooks and is told once. */
export class WebhookEndpoint extends WebhookEndpointInput {
  @IdField() endpointId!: string;
  @TextField({ max: 200 }) secret!: string;
}

export class SmsRequestedPayload {
  /** Names this one message for ever: never sent twice. */
  @IdField() notificationId!: string;
  @PhoneField() to!: string;
  @TextField({ max: 1600 }) body!: string;
  @ChoiceField(['agent', 'customer']) audience!: 'agent' | 'customer';
  @IdField({ optional: true }) deliveryId?: string;
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

export const SmsRequested = defineEvent({
  subject: 'notifications.sms.requested.v1',
  payload: SmsRequestedPayload,
  consumers: ['telephony', 'analytics'],
  summary: 'An SMS shall be sent, once.',
});
export const WebhookSettled = defineEvent({
  subject: 'notifications.webhook.settled.v1',
  payload: WebhookSettledPayload,
  consumers: ['analytics'],
  summary: 'A partner’s webhook was delivered, or given up with its reason.',
});
export const RegisterPushSubscription = defineCommand({
  subject: 'rpc.notifications.push-subscription.register.v1',
  request: PushSubscriptionInput,
  reply: PushSubscription,
  errors: ['address_not_allowed'],
  callers: ['gateway'],
  summary: 'A device of an agent can be reached by push.',
});
export const CreateWebhookEndpoint = defineCommand({
  subject: 'rpc.notifications.webhook-endpoint.create.v1',
  request: WebhookEndpointInput,
  reply: WebhookEndpoint,
  errors: ['address_not_allowed'],
  callers: ['gateway'],
  summary: 'A partner wants to be told; answers with the signing secret.',
});
