import { Schema } from 'mongoose';
import { SEALED_FOR_ALL } from '../../sealed-fields.js';

/**
 * An SMS sent to one of DelAuto's numbers. All organizations share the numbers, so the message has no tenant. `_id` is
 * the carrier's id of the message, so that a repeated webhook stores it once.
 */
export interface InboundMessageDocument {
  _id: string;
  /** E.164. */
  from: string;
  to: string;
  body: string;
  keyword?: 'stop' | 'start' | 'help';
  /** The organization and the delivery that the message is about, if known. */
  organizationId?: string;
  deliveryId?: string;
  /** The reply that was sent. */
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
