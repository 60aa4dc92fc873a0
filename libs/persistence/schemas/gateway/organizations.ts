import { Schema } from 'mongoose';
import type { EarlyHangUpChoice, OrganizationFeatures } from '#libs/contracts/index.js';
import type { AggregateDocument } from '../../aggregate-repository.js';

/** A tenant. `_id` and `organizationId` are the same. */
export interface OrganizationDocument extends AggregateDocument {
  name: string;
  /** IANA time zone. */
  zone: string;
  maxAttemptsPerDelivery: number;
  /** Start of the calling hours, in minutes after midnight. */
  callsFromMinute: number;
  /** End of the calling hours, in minutes after midnight. */
  callsUntilMinute: number;
  dispatcherPhone?: string;
  daysOff?: readonly string[];
  afterEarlyHangUp?: EarlyHangUpChoice;
  recordingRetentionDays?: number;
  features: OrganizationFeatures;
  createdAt: Date;
  /** Counts changes that remove an administrator, so that two concurrent changes conflict. */
  adminTurns?: number;
}

export const organizationSchema = new Schema<OrganizationDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    revision: { type: Number, required: true },
    sequence: { type: Number, required: true },
    name: { type: String, required: true },
    zone: { type: String, required: true },
    maxAttemptsPerDelivery: { type: Number, required: true },
    callsFromMinute: { type: Number, required: true },
    callsUntilMinute: { type: Number, required: true },
    dispatcherPhone: String,
    daysOff: { type: [String], default: undefined },
    afterEarlyHangUp: String,
    recordingRetentionDays: Number,
    features: new Schema(
      {
        recordCalls: { type: Boolean, required: true },
        pauseForCodes: Boolean,
        transcribe: { type: Boolean, required: true },
        smsFallback: { type: Boolean, required: true },
        holdoutPercent: { type: Number, required: true },
      },
      { _id: false },
    ),
    createdAt: { type: Date, required: true },
    adminTurns: Number,
  },
  { collection: 'organizations', versionKey: false },
);
