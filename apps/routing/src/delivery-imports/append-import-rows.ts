import { Injectable } from '@nestjs/common';
import type { AppendedImportRows, AppendImportRowsRequest, ImportRowInput } from '#libs/contracts/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import type { DeliveryImportRowDocument } from '#libs/persistence/schemas/routing/delivery-import-rows.js';
import { Clock } from '#libs/clock/clock.js';
import { ImportRowRepository } from './import-row.repository.js';

/** Time for which rows are stored, and the results of an import can be queried. */
const ROW_RETENTION_MS = 30 * 86_400_000;

/** Stores rows as they were sent. The import validates them later, so that uploads are fast. */
@Injectable()
export class AppendImportRows {
  constructor(
    private readonly rows: ImportRowRepository,
    private readonly clock: Clock,
  ) {}

  async execute(
    organizationId: OrganizationId,
    { importId, rows }: AppendImportRowsRequest,
    tx: Transaction,
  ): Promise<AppendedImportRows> {
    const expiresAt = new Date(this.clock.now().getTime() + ROW_RETENTION_MS);
    const documents = rows.map((row) => toDocument(importId, row, expiresAt));
    await this.rows.insertAll(organizationId, documents, tx);
    return { importId, appended: rows.length };
  }
}

function toDocument(
  importId: string,
  { row, json, unreadable }: ImportRowInput,
  expiresAt: Date,
): Omit<DeliveryImportRowDocument, 'organizationId'> {
  const base = { _id: `${importId}.${row}`, importId, row, expiresAt };
  if (json !== undefined && unreadable === undefined) return { ...base, state: 'pending', json };
  const message = unreadable ?? 'the row is empty';
  return { ...base, state: 'rejected', problem: { code: 'unreadable_row', message } };
}
