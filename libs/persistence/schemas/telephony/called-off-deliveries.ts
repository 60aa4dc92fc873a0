import { Schema } from 'mongoose';

/** Longer than an event can be on its way: as long as the outbox can tell it anew. */
const RETENTION_DAYS = 60;

/**
 * How far a delivery's calls have come, by the sequences of its events: what was requested, and up to where it was called off.
 * Requests and cancellations both write it, so that two that are handled at the same moment collide in the database.
 */
export interface CalledOffDeliveryDocument {
  /** The delivery's. */
  _id: string;
  organizationId: string;
  /** Of the latest request. */
  requested?: number;
  /** Of the event that called its attempts off: requests before it are not dialled. */
  calledOff?: number;
  updatedAt: Date;
}

export const calledOffDeliverySchema = new Schema<CalledOffDeliveryDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    requested: { type: Number },
    calledOff: { type: Number },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'calledOffDeliveries', versionKey: false },
);

calledOffDeliverySchema.index({ updatedAt: 1 }, { expireAfterSeconds: RETENTION_DAYS * 86_400 });
