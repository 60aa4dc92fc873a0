import { Schema } from 'mongoose';
import type { TenantDocument } from '../tenant-repository.js';

export const WEBHOOK_STATES = [
  /** Waits until the one before it, about the same delivery to the same endpoint, is settled. */
  'queued',
  /** At the head of its lane: being tried. */
  'pending',
  'delivered',
  /** Every try failed. */
  'exhausted',
  /** The endpoint answered 410 Gone, or had before. */
  'endpoint_gone',
] as const;
export type WebhookState = (typeof WEBHOOK_STATES)[number];

/** One event for one endpoint. `_id` is the `webhook-id` that the partner de-duplicates by; it never changes. */
export interface WebhookDeliveryDocument extends TenantDocument {
  endpointId: string;
  /** What order is kept for: the delivery's id, else the customer's. One lane per endpoint and key. */
  orderKey: string;
  /** The event's sequence: the order within a lane. */
  sequence: number;
  type: string;
  deliveryId?: string;
  /** The exact bytes that are signed and sent, the same for each try. */
  body: string;
  state: WebhookState;
  /** Tries begun, written before each is made. */
  tries: number;
  /** How many queued behind it; written so that queueing and settling exclude each other. */
  followers: number;
  nextTryAt?: Date;
  lastStatus?: number;
  lastError?: string;
  createdAt: Date;
  settledAt?: Date;
}

export const webhookDeliverySchema = new Schema<WebhookDeliveryDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    endpointId: { type: String, required: true },
    orderKey: { type: String, required: true },
    sequence: { type: Number, required: true },
    type: { type: String, required: true },
    deliveryId: String,
    body: { type: String, required: true },
    state: { type: String, enum: WEBHOOK_STATES, required: true },
    tries: { type: Number, required: true },
    followers: { type: Number, required: true },
    nextTryAt: Date,
    lastStatus: Number,
    lastError: String,
    createdAt: { type: Date, required: true },
    settledAt: Date,
  },
  { collection: 'webhookDeliveries', versionKey: false },
);

/** At most one at the head of a lane: two events at once cannot both start it. */
webhookDeliverySchema.index(
  { organizationId: 1, endpointId: 1, orderKey: 1 },
  { unique: true, partialFilterExpression: { state: 'pending' }, name: 'one_head_per_lane' },
);
/** The next in the lane. */
webhookDeliverySchema.index({ organizationId: 1, endpointId: 1, orderKey: 1, state: 1, sequence: 1 });
