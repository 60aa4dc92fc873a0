import { Schema } from 'mongoose';
import type { DayType } from '#libs/domain/call-timing/call-timing.values.js';
import type { TenantDocument } from '../../tenant-repository.js';

/**
 * One attempt to reach a customer, as far as it says when they can be reached: written down when the call is asked for, judged
 * when it is over. Its id is the attempt's. A forgotten customer's tries stay without them: they tell of their segment.
 */
export interface ContactTryDocument extends TenantDocument {
  customerId?: string;
  /** Of whom it tells beside the customer. */
  segment: string;
  /** On the customer's clock. */
  day: DayType;
  hour: number;
  at: Date;
  /** What was believed when it was planned, and how probable this choice of its time was; absent where nothing was known. */
  chance?: number;
  propensity?: number;
  /** Whether a person answered. Absent until it is over, and for ever where only the carrier is to blame. */
  reached?: boolean;
  /** When it was known whether somebody was reached. */
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

/** What was learned since, in its order. */
contactTrySchema.index(
  { organizationId: 1, judgedAt: 1, _id: 1 },
  { partialFilterExpression: { judgedAt: { $exists: true } } },
);
contactTrySchema.index({ organizationId: 1, customerId: 1 });
/** Habits change: after 400 days a call says nothing. */
contactTrySchema.index({ at: 1 }, { expireAfterSeconds: 400 * 86_400 });
