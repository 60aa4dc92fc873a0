import { Schema } from 'mongoose';
import { DEVICE_KINDS, type DeviceKind } from '#libs/domain/notifications/notification.values.js';
import type { TenantDocument } from '../../tenant-repository.js';

/** One way an agent can be reached: a browser's push subscription, or the phone number for the last step of the ladder. */
export interface DeviceDocument extends TenantDocument {
  agentId: string;
  kind: DeviceKind;
  /** Where it is reached: the push endpoint's URL, or the number in E.164. */
  address: string;
  /** The receiver's keys (RFC 8291), base64url; web push only. */
  p256dh?: string;
  auth?: string;
  /** Counts the events told of it. */
  sequence: number;
  /** Of the agent's event that told the number; phone only. */
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
/** A subscription belongs to one agent: whoever signs in on the device last. */
deviceSchema.index(
  { organizationId: 1, address: 1 },
  { unique: true, partialFilterExpression: { kind: 'web_push' }, name: 'one_owner_per_subscription' },
);
