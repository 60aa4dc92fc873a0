import { Schema } from 'mongoose';
import type { TenantDocument } from '../../tenant-repository.js';

/** How long an organisation's ways took beside what was expected; `_id` is its id. */
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
