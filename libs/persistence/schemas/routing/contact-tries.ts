import { Schema } from 'mongoose';
import type { DayType } from '#libs/domain/call-timing/call-timing.values.js';
import type { TenantDocument } from '../../tenant-repository.js';

/**
 * One attempt to reach a customer, as training data of the contact model. Written when the call is requested and
 * completed when it ends. `_id` is the attempt's id. An erasure removes only the customer's id, so that the attempt
 * remains as data about the segment.
 */
export interface ContactTryDocument extends TenantDocument {
  customerId?: string;
  /** The segment of the customer. */
  segment: string;
  /** In the customer's time zone. */
  day: DayType;
  hour: number;
  at: Date;
  /**
   * The predicted probability of an answer when the call was planned, and in `propensity` the probability of choosing
   * this time. Absent when there was no prediction.
   */
  chance?: number;
  propensity?: number;
  /** Whether a person answered. Absent until the attempt ends, and when the carrier caused the failure. */
  reached?: boolean;
  /** When `reached` was determined. */
  judgedAt?: Date;
}

export const contactTrySchema = new Schema<ContactTryDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    customerId: String,
    segment: { type: String, required: true },
    day: { type: String, required: true },
    hour: { type: Number, required: true },
    at: { type: Date, required: true },
    chance: Number,
    propensity: Number,
    reached: Boolean,
    judgedAt: Date,
  },
  { collection: 'contactTries', versionKey: false },
);

// Lists the results since an instant, in order.
contactTrySchema.index(
  { organizationId: 1, judgedAt: 1, _id: 1 },
  { partialFilterExpression: { judgedAt: { $exists: true } } },
);
contactTrySchema.index({ organizationId: 1, customerId: 1 });
// Habits change, so an attempt is no longer useful as training data after 400 days.
contactTrySchema.index({ at: 1 }, { expireAfterSeconds: 400 * 86_400 });
