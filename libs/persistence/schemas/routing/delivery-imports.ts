import { Schema } from 'mongoose';
import type { Actor, ImportState } from '#libs/contracts/index.js';
import type { AggregateDocument } from '../../aggregate-repository.js';

/** A started bulk import. Its rows are separate documents. */
export interface DeliveryImportDocument extends AggregateDocument {
  state: ImportState;
  total: number;
  accepted: number;
  rejected: number;
  /** The principal that sent the import and creates its deliveries. */
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
