import type { DeliveryImport } from '#libs/contracts/index.js';
import type { DeliveryImportDocument } from '#libs/persistence/schemas/routing/delivery-imports.js';

/** Converts a stored import to its public representation. */
export function toDeliveryImport(document: DeliveryImportDocument): DeliveryImport {
  const { _id, revision, state, total, accepted, rejected, createdAt, finishedAt } = document;
  return {
    importId: _id,
    revision,
    state,
    total,
    accepted,
    rejected,
    createdAt: createdAt.toISOString(),
    ...(finishedAt === undefined ? {} : { finishedAt: finishedAt.toISOString() }),
  };
}
