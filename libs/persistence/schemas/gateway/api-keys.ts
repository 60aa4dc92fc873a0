import { Schema } from 'mongoose';
import type { AggregateDocument } from '../../aggregate-repository.js';

/** An API key of an organization. Only digests of its secrets are stored; `_id` is its public part. */
export interface ApiKeyDocument extends AggregateDocument {
  label: string;
  /** Names of the granted permissions. */
  scopes: string[];
  /** SHA-256 of the secret in hexadecimal. The secret has 256 random bits, so it needs no slow hash. */
  secretSha256: string;
  /** The secret from before the last rotation. It is accepted until `validUntil`. */
  previous?: { secretSha256: string; validUntil: Date };
  createdAt: Date;
  expiresAt?: Date;
  revokedAt?: Date;
  /** Updated at most once a minute. */
  lastUsedAt?: Date;
}

export const apiKeySchema = new Schema<ApiKeyDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    revision: { type: Number, required: true },
    sequence: { type: Number, required: true },
    label: { type: String, required: true },
    scopes: { type: [String], required: true },
    secretSha256: { type: String, required: true },
    previous: new Schema(
      { secretSha256: { type: String, required: true }, validUntil: { type: Date, required: true } },
      { _id: false },
    ),
    createdAt: { type: Date, required: true },
    expiresAt: Date,
    revokedAt: Date,
    lastUsedAt: Date,
  },
  { collection: 'apiKeys', versionKey: false },
);

apiKeySchema.index({ organizationId: 1, _id: -1 });
