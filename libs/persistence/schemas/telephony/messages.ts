import { Schema } from 'mongoose';
import {
  MESSAGE_AUDIENCES,
  TEXT_REASONS,
  type MessageAudience,
  type TextReason,
} from '#libs/domain/text-messages/text-message.values.js';
import { MESSAGE_STATES, type CustomerContact, type MessageState } from '#libs/contracts/index.js';
import type { AggregateDocument } from '../../aggregate-repository.js';

/** Telephony's aggregate: one outgoing SMS. `_id` is the notification's id. */
export interface MessageDocument extends AggregateDocument {
  /** E.164. */
  to: string;
  body: string;
  audience: MessageAudience;
  deliveryId?: string;
  /** For a question to a customer: the customer and the delivery. */
  about?: CustomerContact;
  /** Why the customer is texted. */
  textReason?: TextReason;
  state: MessageState;
  carrierMessageId?: string;
  segments?: number;
  reason?: string;
  /** Requests to the carrier that certainly had no effect. */
  fruitlessTries: number;
  requestedAt: Date;
  /** When the latest request to the carrier was sent. */
  sentAt?: Date;
}

export const messageSchema = new Schema<MessageDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    revision: { type: Number, required: true },
    sequence: { type: Number, required: true },
    to: { type: String, required: true },
    body: { type: String, required: true },
    audience: { type: String, enum: MESSAGE_AUDIENCES, required: true },
    deliveryId: String,
    about: Schema.Types.Mixed,
    textReason: { type: String, enum: TEXT_REASONS },
    state: { type: String, enum: MESSAGE_STATES, required: true },
    carrierMessageId: String,
    segments: Number,
    reason: String,
    fruitlessTries: { type: Number, required: true },
    requestedAt: { type: Date, required: true },
    sentAt: Date,
  },
  { collection: 'messages', versionKey: false },
);

messageSchema.index(
  { carrierMessageId: 1 },
  { unique: true, partialFilterExpression: { carrierMessageId: { $type: 'string' } } },
);
messageSchema.index({ organizationId: 1, deliveryId: 1 });
// Finds the carrier's messages to a number that belong to other notifications.
messageSchema.index({ to: 1, sentAt: -1 });
