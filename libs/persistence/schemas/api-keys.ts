import { Schema } from 'mongoose';
import type { TenantDocument } from '../tenant-repository.js';

/** A partner's or administrator's key. Only a digest of its secret is kept; `_id` is its public part. */
export interface ApiKeyDocument extends TenantDocument {
  label: string;
  role: 'admin' | 'partner';
  /** SHA-256 of the secret in hexadecimal: the secret is 256 random bits, so no slow hash is called for. */
  secretSha256: string;
  createdAt: Date;
}

export const apiKeySchema = new Schema<ApiKeyDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    label: { type: String, required: true },
    role: { type: String, required: true },
    secretSha256: { type: String, required: true },
    createdAt: { type: Date, required: true },
  },
  { collection: 'apiKeys', versionKey: false },
);

apiKeySchema.index({ organizationId: 1 });
