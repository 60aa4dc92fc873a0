import { Schema } from 'mongoose';
import type { LegalBasis, StatementSource } from '#libs/contracts/index.js';
import type { TenantDocument } from '../../tenant-repository.js';

/** One statement of the legal basis for calling a customer. Never changed: the latest statement applies. */
export interface ConsentRecordDocument extends TenantDocument {
  customerId: string;
  legalBasis: LegalBasis;
  grantedAt: Date;
  source: StatementSource;
  evidence?: string;
  recordedAt: Date;
}

export const consentRecordSchema = new Schema<ConsentRecordDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    customerId: { type: String, required: true },
    legalBasis: { type: String, required: true },
    grantedAt: { type: Date, required: true },
    source: { type: String, required: true },
    evidence: String,
    recordedAt: { type: Date, required: true },
  },
  { collection: 'consentRecords', versionKey: false },
);

consentRecordSchema.index({ organizationId: 1, customerId: 1, _id: -1 });
