import { Schema } from 'mongoose';
import type { AggregateDocument } from '../aggregate-repository.js';

/** A customer of DelAuto. `_id` and `organizationId` are the same. */
export interface OrganizationDocument extends AggregateDocument {
  name: string;
  zone: string;
  maxAttemptsPerDelivery: number;
  callsFromMinute: number;
  callsUntilMinute: number;
  dispatcherPhone?: string;
  createdAt: Date;
}

export const organizationSchema = new Schema<OrganizationDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    revision: { type: Number, required: true },
    sequence: { type: Number, required: true },
    name: { type: String, required: true },
    zone: { type: String, required: true },
    maxAttemptsPerDelivery: { type: Number, required: true },
    callsFromMinute: { type: Number, required: true },
    callsUntilMinute: { type: Number, required: true },
    dispatcherPhone: String,
    createdAt: { type: Date, required: true },
  },
  { collection: 'organizations', versionKey: false },
);
