import { Schema } from 'mongoose';
import type { EarlyHangUpChoice } from '#libs/contracts/index.js';
import type { TenantDocument } from '../../tenant-repository.js';

/** Routing's copy of the gateway's organization. `_id` is the organization's id. */
export interface OrganizationProfileDocument extends TenantDocument {
  name: string;
  zone: string;
  maxAttemptsPerDelivery: number;
  callsFromMinute: number;
  callsUntilMinute: number;
  dispatcherPhone?: string;
  daysOff?: readonly string[];
  afterEarlyHangUp?: EarlyHangUpChoice;
  recordingRetentionDays?: number;
  recordCalls?: boolean;
  pauseForCodes?: boolean;
  smsFallback?: boolean;
  /** Sequence of the event from which it was copied; 0 when it was requested from the gateway. */
  sequence: number;
}

export const organizationProfileSchema = new Schema<OrganizationProfileDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    name: { type: String, required: true },
    zone: { type: String, required: true },
    maxAttemptsPerDelivery: { type: Number, required: true },
    callsFromMinute: { type: Number, required: true },
    callsUntilMinute: { type: Number, required: true },
    dispatcherPhone: String,
    daysOff: { type: [String], default: undefined },
    afterEarlyHangUp: String,
    recordingRetentionDays: Number,
    recordCalls: Boolean,
    pauseForCodes: Boolean,
    smsFallback: Boolean,
    sequence: { type: Number, required: true, default: 0 },
  },
  { collection: 'organizationProfiles', versionKey: false },
);
