import { Schema } from 'mongoose';

/** Exceeds the time in which an event can still arrive, because the outbox can republish it. */
const RETENTION_DAYS = 60;

/**
 * The latest call request and the latest cancellation of a delivery, by the sequences of its events. Requests and
 * cancellations both write this document, so that two concurrent ones conflict in the database.
 */
export interface CanceledDeliveryDocument {
  /** The delivery's id. */
  _id: string;
  organizationId: string;
  /** Sequence of the latest request. */
  requested?: number;
  /** Sequence of the event that canceled the attempts. Earlier requests are not dialed. */
  calledOff?: number;
  updatedAt: Date;
}

export const canceledDeliverySchema = new Schema<CanceledDeliveryDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    requested: { type: Number },
    calledOff: { type: Number },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'calledOffDeliveries', versionKey: false },
);

canceledDeliverySchema.index({ updatedAt: 1 }, { expireAfterSeconds: RETENTION_DAYS * 86_400 });
