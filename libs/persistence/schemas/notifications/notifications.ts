import { Schema } from 'mongoose';
import { EXTERNAL_CHANNELS, type ExternalChannel } from '#libs/domain/notifications/notification.values.js';
import type { TenantDocument } from '../../tenant-repository.js';

/** The states of the sending of one message to one device. */
export const NOTIFICATION_STATES = [
  /** Stored before the attempt, so that a notification of a crashed process is retried. */
  'sending',
  /** Accepted by the push service. */
  'sent',
  /** Requested from telephony, which sends it. */
  'requested',
  'delivered',
  'failed',
  /** The push service reported that the device no longer exists. */
  'gone',
  /** The agent had no device for the channel. */
  'skipped',
] as const;
export type NotificationState = (typeof NOTIFICATION_STATES)[number];

/** The sending of one message to one device: stored before the first attempt and updated with the result. */
export interface NotificationDocument extends TenantDocument {
  messageId: string;
  agentId: string;
  deliveryId: string;
  channel: ExternalChannel;
  deviceId?: string;
  state: NotificationState;
  tries: number;
  requestedAt: Date;
  updatedAt: Date;
  /** Why it failed or was skipped. */
  detail?: string;
}

export const notificationSchema = new Schema<NotificationDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    messageId: { type: String, required: true },
    agentId: { type: String, required: true },
    deliveryId: { type: String, required: true },
    channel: { type: String, enum: EXTERNAL_CHANNELS, required: true },
    deviceId: String,
    state: { type: String, enum: NOTIFICATION_STATES, required: true },
    tries: { type: Number, required: true },
    requestedAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
    detail: String,
  },
  { collection: 'notifications', versionKey: false },
);

notificationSchema.index({ organizationId: 1, messageId: 1 });
