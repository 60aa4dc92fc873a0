import { Schema } from 'mongoose';
import type { TenantDocument } from '../../tenant-repository.js';

/**
 * Actual compared with expected travel times of an organization: `legs` trips, and `logSum` the sum of their log
 * ratios. `_id` is the organization's id.
 */
export interface TravelRecordDocument extends TenantDocument {
  legs: number;
  logSum: number;
}

export const travelRecordSchema = new Schema<TravelRecordDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    legs: { type: Number, required: true },
    logSum: { type: Number, required: true },
  },
  { collection: 'travelRecords', versionKey: false },
);
