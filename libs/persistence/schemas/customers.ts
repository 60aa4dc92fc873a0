import { Schema } from 'mongoose';
import type { AggregateDocument } from '../aggregate-repository.js';
import type { CustomerSnapshot } from './deliveries.js';

/** Somebody who receives parcels: one per phone number in an organisation. */
export interface CustomerDocument extends AggregateDocument, CustomerSnapshot {
  doNotCall: boolean;
  /** When they were rung of late, over all deliveries; for the daily cap. */
  recentAttempts: Date[];
  createdAt: Date;
  updatedAt: Date;
}

export const customerSchema = new Schema<CustomerDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    revision: { type: Number, required: true },
    sequence: { type: Number, required: true },
    name: { type: String, required: true },
    phone: { type: String, required: true },
    language: String,
    zone: String,
    address: String,
    position: { type: [Number], required: true },
    legalBasis: String,
    callWindows: { type: [new Schema({ start: Date, end: Date }, { _id: false })], default: undefined },
    doNotCall: { type: Boolean, required: true },
    recentAttempts: { type: [Date], default: [] },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'customers', versionKey: false },
);

customerSchema.index({ organizationId: 1, phone: 1 }, { unique: true });
