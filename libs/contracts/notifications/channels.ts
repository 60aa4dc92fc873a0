import { DEVICE_KINDS, type DeviceKind } from '#libs/domain/notifications/notification.values.js';
import { MESSAGE_AUDIENCES, type MessageAudience } from '#libs/domain/text-messages/text-message.values.js';
import { ChoiceField, IdField, InstantField, ObjectListField, PhoneField, TextField } from '../fields/index.js';
import { defineCommand, defineEvent, defineQuery } from '../kernel/index.js';

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

/** One way an agent can be reached. Keys of a subscription are never told again. */
export class Device {
  @IdField() deviceId!: string;
  @ChoiceField(DEVICE_KINDS) kind!: DeviceKind;
  @TextField({ max: 300, description: 'The push service’s host, or the phone number.' }) reachedAt!: string;
  @InstantField() createdAt!: string;
}

export class ListDevicesRequest {
  @IdField() agentId!: string;
}

export class DeviceList {
  @ObjectListField(() => Device, { maxItems: 200 }) items!: Device[];
}

export class RemoveDeviceRequest {
  @IdField() agentId!: string;
  @IdField() deviceId!: string;
}

export class DevicePayload {
  @IdField() deviceId!: string;
  @IdField() agentId!: string;
}

export class SmsRequestedPayload {
  /** Names this one message for ever: never sent twice. */
  @IdField() notificationId!: string;
  @PhoneField() to!: string;
  @TextField({ max: 1600 }) body!: string;
  @ChoiceField(MESSAGE_AUDIENCES) audience!: MessageAudience;
  @IdField({ optional: true }) deliveryId?: string;
}

export const SmsRequested = defineEvent({
  subject: 'notifications.sms.requested.v1',
  payload: SmsRequestedPayload,
  consumers: ['telephony', 'analytics'],
  summary: 'An SMS shall be sent, once.',
});
export const RegisterPushSubscriptionRpc = defineCommand({
  subject: 'rpc.notifications.push-subscription.register.v1',
  request: PushSubscriptionInput,
  reply: PushSubscription,
  errors: ['address_not_allowed'],
  callers: ['gateway'],
  summary: 'A device of an agent can be reached by push.',
});
export const DeviceRegistered = defineEvent({
  subject: 'notifications.device.registered.v1',
  payload: DevicePayload,
  consumers: ['gateway', 'analytics'],
  summary: 'A device of an agent can be reached by push.',
});
export const DeviceRemoved = defineEvent({
  subject: 'notifications.device.removed.v1',
  payload: DevicePayload,
  consumers: ['gateway', 'analytics'],
  summary: 'An agent is not reached by this device any more.',
});
export const ListDevicesRpc = defineQuery({
  subject: 'rpc.notifications.device.list.v1',
  request: ListDevicesRequest,
  reply: DeviceList,
  callers: ['gateway'],
  summary: 'The devices one agent can be reached by.',
});
export const RemoveDeviceRpc = defineCommand({
  subject: 'rpc.notifications.device.remove.v1',
  request: RemoveDeviceRequest,
  reply: DevicePayload,
  errors: ['phone_stays'],
  callers: ['gateway'],
  summary: 'An agent is not reached by this device any more.',
});
