import { Schema } from 'mongoose';
import type { PartnerWebhookType } from '#libs/contracts/index.js';
import type { AggregateDocument } from '../../aggregate-repository.js';

/** A previous secret with which webhooks are still signed, for partners who have not switched to the new one yet. */
export interface PreviousSecret {
  secret: string;
  until: Date;
}

/** An endpoint that receives a partner's webhooks. */
export interface WebhookEndpointDocument extends AggregateDocument {
  url: string;
  /** Absent means every type. */
  types?: PartnerWebhookType[];
  /** Signing secret of Standard Webhooks: `whsec_` and base64. */
  secret: string;
  previousSecrets: PreviousSecret[];
  createdAt: Date;
  /** Set when sending is disabled: the partner responded with 410 Gone, or a user disabled the endpoint. */
  disabledAt?: Date;
}

export const webhookEndpointSchema = new Schema<WebhookEndpointDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    revision: { type: Number, required: true },
    sequence: { type: Number, required: true },
    url: { type: String, required: true },
    types: { type: [String], default: undefined },
    secret: { type: String, required: true },
    previousSecrets: {
      type: [
        new Schema({ secret: { type: String, required: true }, until: { type: Date, required: true } }, { _id: false }),
      ],
      required: true,
    },
    createdAt: { type: Date, required: true },
    disabledAt: Date,
  },
  { collection: 'webhookEndpoints', versionKey: false },
);

webhookEndpointSchema.index({ organizationId: 1, _id: 1 });
