import { Schema } from 'mongoose';
import type { ErasureApp } from '#libs/contracts/index.js';
import type { AggregateDocument } from '../../aggregate-repository.js';

/** The receipt of an erasure. It contains only the customer's id, which no longer identifies a person. */
export interface CustomerErasureDocument extends AggregateDocument {
  customerId: string;
  requestedAt: Date;
  parts: { app: ErasureApp; doneAt?: Date }[];
  completedAt?: Date;
}

const partSchema = new Schema({ app: { type: String, required: true }, doneAt: Date }, { _id: false });

export const customerErasureSchema = new Schema<CustomerErasureDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    revision: { type: Number, required: true },
    sequence: { type: Number, required: true },
    customerId: { type: String, required: true },
    requestedAt: { type: Date, required: true },
    parts: { type: [partSchema], required: true },
    completedAt: Date,
  },
  { collection: 'customerErasures', versionKey: false },
);
