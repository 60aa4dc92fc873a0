import { Schema } from 'mongoose';
import { WEBHOOK_STATES, type WebhookState } from '#libs/contracts/index.js';
import type { TenantDocument } from '../../tenant-repository.js';

/** One event for one endpoint. `_id` is the `webhook-id` by which the partner de-duplicates; it never changes. */
export interface WebhookDeliveryDocument extends TenantDocument {
  endpointId: string;
  /** Ascends with the creation time: the order of the endpoint's log. */
  logId: string;
  /** The delivery's id, or the customer's if there is no delivery. An endpoint's webhooks with one key are one lane. */
  orderKey: string;
  /** The event's sequence. Within a lane, webhooks are sent in this order. */
  sequence: number;
  type: string;
  deliveryId?: string;
  /** The exact bytes that are signed and sent, the same for each attempt. */
  body: string;
  state: WebhookState;
  /** Attempts started since it was queued or replayed; written before each attempt. */
  tries: number;
  /** Number of replays after it was settled. */
  replays: number;
  /** The number of webhooks queued behind it; written so that queueing and settling conflict. */
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
    logId: { type: String, required: true },
    orderKey: { type: String, required: true },
    sequence: { type: Number, required: true },
    type: { type: String, required: true },
    deliveryId: String,
    body: { type: String, required: true },
    state: { type: String, enum: WEBHOOK_STATES, required: true },
    tries: { type: Number, required: true },
    replays: { type: Number, required: true },
    followers: { type: Number, required: true },
    nextTryAt: Date,
    lastStatus: Number,
    lastError: String,
    createdAt: { type: Date, required: true },
    settledAt: Date,
  },
  { collection: 'webhookDeliveries', versionKey: false },
);

// At most one webhook is at the head of a lane, so that two concurrent events cannot both start it.
webhookDeliverySchema.index(
  { organizationId: 1, endpointId: 1, orderKey: 1 },
  { unique: true, partialFilterExpression: { state: 'pending' }, name: 'one_head_per_lane' },
);
webhookDeliverySchema.index({ organizationId: 1, deliveryId: 1 });
// Finds the next webhook in the lane.
webhookDeliverySchema.index({ organizationId: 1, endpointId: 1, orderKey: 1, state: 1, sequence: 1 });
// Lists the log of one endpoint, newest first.
webhookDeliverySchema.index({ organizationId: 1, endpointId: 1, logId: -1 });
