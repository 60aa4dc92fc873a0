import { Schema } from 'mongoose';
import type { TenantDocument } from '../tenant-repository.js';

/** Where a partner wants to be told. */
export interface WebhookEndpointDocument extends TenantDocument {
  url: string;
  /** Signs by Standard Webhooks: `whsec_` and base64. */
  secret: string;
  createdAt: Date;
  /** The partner answered 410 Gone: nothing more is sent there. */
  disabledAt?: Date;
}

export const webhookEndpointSchema = new Schema<WebhookEndpointDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    url: { type: String, required: true },
    secret: { type: String, required: true },
    createdAt: { type: Date, required: true },
    disabledAt: Date,
  },
  { collection: 'webhookEndpoints', versionKey: false },
);

webhookEndpointSchema.index({ organizationId: 1, _id: 1 });
