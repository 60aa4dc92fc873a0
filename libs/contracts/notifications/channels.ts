import { DEVICE_KINDS, type DeviceKind } from '#libs/domain/notifications/notification.values.js';
import { MESSAGE_AUDIENCES, type MessageAudience } from '#libs/domain/text-messages/text-message.values.js';
import { ChoiceField, IdField, InstantField, ObjectListField, PhoneField, TextField } from '../fields/index.js';
import { defineCommand, defineEvent, defineQuery } from '../kernel/index.js';

/** A push subscription of a browser or app, as the Push API returns it (RFC 8030; keys: RFC 8291). */
export class PushSubscriptionInput {
  @IdField() agentId!: string;
  @TextField({ max: 1000, pattern: /^https?:\/\//, patternMeaning: 'an http(s) URL' }) endpoint!: string;
  @TextField({ max: 200 }) p256dh!: string;
  @TextField({ max: 100 }) auth!: string;
}

/** A stored push subscription. */
export class PushSubscription extends PushSubscriptionInput {
  @IdField() deviceId!: string;
}

/** A device on which an agent can be notified. The keys of a push subscription are never returned. */
export class Device {
  @IdField() deviceId!: string;
  @ChoiceField(DEVICE_KINDS) kind!: DeviceKind;
  @TextField({ max: 300, description: 'The host of the push service, or the phone number.' }) reachedAt!: string;
  @InstantField() createdAt!: string;
}

export class ListDevicesRequest {
  @IdField() agentId!: string;
}

/** The devices of an agent. */
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
  /** Identifies the message permanently, so that it is never sent twice. */
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
  summary: 'An SMS must be sent, once.',
});
export const RegisterPushSubscriptionRpc = defineCommand({
  subject: 'rpc.notifications.push-subscription.register.v1',
  request: PushSubscriptionInput,
  reply: PushSubscription,
  errors: ['address_not_allowed'],
  callers: ['gateway'],
  summary: 'Registers a device of an agent for push notifications.',
});
export const DeviceRegistered = defineEvent({
  subject: 'notifications.device.registered.v1',
  payload: DevicePayload,
  consumers: ['gateway', 'analytics'],
  summary: 'A device of an agent was registered for push notifications.',
});
export const DeviceRemoved = defineEvent({
  subject: 'notifications.device.removed.v1',
  payload: DevicePayload,
  consumers: ['gateway', 'analytics'],
  summary: 'A device of an agent was removed and is no longer notified.',
});
export const ListDevicesRpc = defineQuery({
  subject: 'rpc.notifications.device.list.v1',
  request: ListDevicesRequest,
  reply: DeviceList,
  callers: ['gateway'],
  summary: 'Lists the devices on which an agent can be notified.',
});
export const RemoveDeviceRpc = defineCommand({
  subject: 'rpc.notifications.device.remove.v1',
  request: RemoveDeviceRequest,
  reply: DevicePayload,
  errors: ['phone_stays'],
  callers: ['gateway'],
  summary: 'Removes a device of an agent. It is no longer notified.',
});
