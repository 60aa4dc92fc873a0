import { Schema } from 'mongoose';
import type { TenantDocument } from '../../tenant-repository.js';

export const SUPPRESSION_SOURCES = ['call', 'sms', 'routing'] as const;
export type SuppressionSource = (typeof SUPPRESSION_SOURCES)[number];

/** A number an organisation may not call or text any more. `_id` is `<organisation>.<number>.<source>`. */
export interface SuppressedNumberDocument extends TenantDocument {
  /** E.164. */
  phone: string;
  /**
   * How it was asked for. What was asked for by SMS (STOP) is taken back by SMS (START) only; the rest by a new consent
   * that routing has on record.
   */
  source: SuppressionSource;
  since: Date;
  /** Since when it does not count any more; kept, so that older news does not bring it back. */
  liftedAt?: Date;
}

export const suppressedNumberSchema = new Schema<SuppressedNumberDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    phone: { type: String, required: true },
    source: { type: String, enum: SUPPRESSION_SOURCES, required: true },
    since: { type: Date, required: true },
    liftedAt: Date,
  },
  { collection: 'suppressedNumbers', versionKey: false },
);

suppressedNumberSchema.index({ phone: 1, organizationId: 1 });
