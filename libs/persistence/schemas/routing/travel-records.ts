import { Schema } from 'mongoose';
import type { TenantDocument } from '../../tenant-repository.js';

/**
 * Observed travel times of an organization's agents relative to the expected ones. `withLeg` in
 * `libs/domain/geo/learned-travel.ts` defines how they accumulate. `_id` is the organization's id.
 */
export interface TravelRecordDocument extends TenantDocument {
  /** Number of observed legs. Limited, so that older legs have less weight. */
  legs: number;
  /** Sum of ln(actual / expected travel time) over the legs, scaled down together with `legs`. */
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
