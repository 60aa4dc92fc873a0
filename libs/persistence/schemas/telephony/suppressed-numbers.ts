import { Schema } from 'mongoose';
import type { TenantDocument } from '../../tenant-repository.js';

/** Where an opt-out comes from: a call, an SMS keyword, or routing. */
export const SUPPRESSION_SOURCES = ['call', 'sms', 'routing'] as const;
export type SuppressionSource = (typeof SUPPRESSION_SOURCES)[number];

/** A number that an organization may no longer call or text. `_id` is `<organization>.<number>.<source>`. */
export interface SuppressedNumberDocument extends TenantDocument {
  /** E.164. */
  phone: string;
  /**
   * How the customer opted out. An opt-out by SMS (STOP) ends only by SMS (START). Any other opt-out ends when routing
   * records a new consent.
   */
  source: SuppressionSource;
  since: Date;
  /** When the opt-out ended. The document is kept, so that an older event does not restore it. */
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
