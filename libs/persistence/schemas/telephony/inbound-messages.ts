import { Schema } from 'mongoose';
import { SEALED_FOR_ALL } from '../../sealed-fields.js';

/**
 * An SMS somebody sent to a number of ours. The number is shared by all organisations, so the message belongs to none:
 * `_id` is the carrier's id of it, so that a repeated webhook stores it once.
 */
export interface InboundMessageDocument {
  _id: string;
  /** E.164. */
  from: string;
  to: string;
  body: string;
  keyword?: 'stop' | 'start' | 'help';
  /** The delivery it is about, where that is known, and whose. */
  organizationId?: string;
  deliveryId?: string;
  /** What was answered. */
  reply?: string;
  receivedAt: Date;
}

export const inboundMessageSchema = new Schema<InboundMessageDocument>(
  {
    _id: { type: String, required: true },
    from: { type: String, required: true },
    to: { type: String, required: true },
    body: SEALED_FOR_ALL,
    keyword: String,
    organizationId: String,
    deliveryId: String,
    reply: String,
    receivedAt: { type: Date, required: true },
  },
  { collection: 'inboundMessages', versionKey: false },
);

inboundMessageSchema.index({ from: 1, receivedAt: -1 });
inboundMessageSchema.index({ organizationId: 1, deliveryId: 1 });
