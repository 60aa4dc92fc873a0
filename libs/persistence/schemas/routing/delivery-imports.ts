import { Schema } from 'mongoose';
import type { Actor, ImportState } from '#libs/contracts/index.js';
import type { AggregateDocument } from '../../aggregate-repository.js';

/** A bulk import that was started. Its rows are documents of their own. */
export interface DeliveryImportDocument extends AggregateDocument {
  state: ImportState;
  total: number;
  accepted: number;
  rejected: number;
  /** Who sent it: the deliveries made of it are theirs. */
  actor?: Actor;
  createdAt: Date;
  finishedAt?: Date;
}

export const deliveryImportSchema = new Schema<DeliveryImportDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    revision: { type: Number, required: true },
    sequence: { type: Number, required: true },
    state: { type: String, required: true },
    total: { type: Number, required: true },
    accepted: { type: Number, required: true },
    rejected: { type: Number, required: true },
    actor: Schema.Types.Mixed,
    createdAt: { type: Date, required: true },
    finishedAt: Date,
  },
  { collection: 'deliveryImports', versionKey: false },
);
