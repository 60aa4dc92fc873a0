import { Schema } from 'mongoose';
import type { ImportRowProblem, ImportRowState } from '#libs/contracts/index.js';
import type { TenantDocument } from '../../tenant-repository.js';

/** One row of a bulk import and its result. `_id` combines the import's id and the row number. */
export interface DeliveryImportRowDocument extends TenantDocument {
  importId: string;
  row: number;
  state: ImportRowState;
  /** The row as it was sent; removed once the row has a result. */
  json?: string;
  reference?: string;
  deliveryId?: string;
  problem?: ImportRowProblem;
  expiresAt: Date;
}

export const deliveryImportRowSchema = new Schema<DeliveryImportRowDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    importId: { type: String, required: true },
    row: { type: Number, required: true },
    state: { type: String, required: true },
    json: String,
    reference: String,
    deliveryId: String,
    problem: Schema.Types.Mixed,
    expiresAt: { type: Date, required: true },
  },
  { collection: 'deliveryImportRows', versionKey: false },
);

deliveryImportRowSchema.index({ organizationId: 1, importId: 1, row: 1 });
deliveryImportRowSchema.index({ organizationId: 1, importId: 1, state: 1, row: 1 });
// Removes old results, and rows whose import was not started.
deliveryImportRowSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
