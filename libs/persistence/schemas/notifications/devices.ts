import { Schema } from 'mongoose';
import { DEVICE_KINDS, type DeviceKind } from '#libs/domain/notifications/notification.values.js';
import type { TenantDocument } from '../../tenant-repository.js';

/**
 * One way to reach an agent: the push subscription of a browser, or the phone number for the last step of the
 * escalation.
 */
export interface DeviceDocument extends TenantDocument {
  agentId: string;
  kind: DeviceKind;
  /** The URL of the push endpoint, or the number in E.164. */
  address: string;
  /** The receiver's keys (RFC 8291), base64url; web push only. */
  p256dh?: string;
  auth?: string;
  /** Counts the events about this device. */
  sequence: number;
  /** Sequence of the agent's event that reported the number; phone only. */
  numberSequence?: number;
  createdAt: Date;
}

export const deviceSchema = new Schema<DeviceDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    agentId: { type: String, required: true },
    kind: { type: String, enum: DEVICE_KINDS, required: true },
    address: { type: String, required: true },
    p256dh: String,
    auth: String,
    sequence: { type: Number, required: true },
    numberSequence: Number,
    createdAt: { type: Date, required: true },
  },
  { collection: 'devices', versionKey: false },
);

deviceSchema.index({ organizationId: 1, agentId: 1, kind: 1 });
deviceSchema.index({ organizationId: 1, agentId: 1, _id: -1 });
// A subscription belongs to one agent: the last one who signed in on the device.
deviceSchema.index(
  { organizationId: 1, address: 1 },
  { unique: true, partialFilterExpression: { kind: 'web_push' }, name: 'one_owner_per_subscription' },
);
