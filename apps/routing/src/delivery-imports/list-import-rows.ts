import { Injectable } from '@nestjs/common';
import type { DeliveryImportRow, DeliveryImportRowPage, ListImportRowsRequest } from '#libs/contracts/index.js';
import { decodeCursor, toPage, type OrganizationId } from '#libs/persistence/index.js';
import type { DeliveryImportRowDocument } from '#libs/persistence/schemas/routing/delivery-import-rows.js';
import { DeliveryImportRepository } from './delivery-import.repository.js';
import { ImportRowRepository } from './import-row.repository.js';

const CURSOR = /^\d{1,5}$/;

/** Lists one page of an import's rows with their results, in the order in which they were sent. */
@Injectable()
export class ListImportRows {
  constructor(
    private readonly imports: DeliveryImportRepository,
    private readonly rows: ImportRowRepository,
  ) {}

  /** @throws CodedError `not_found` if the organization has not started such an import */
  async execute(
    organizationId: OrganizationId,
    { importId, state, limit, cursor }: ListImportRowsRequest,
  ): Promise<DeliveryImportRowPage> {
    await this.imports.load(organizationId, importId);
    const after = Number(decodeCursor(cursor, CURSOR) ?? 0);
    const found = await this.rows.findPage(organizationId, importId, { state, after, limit: limit + 1 });
    return toPage(found, limit, ({ row }) => String(row), toRow);
  }
}

function toRow({ row, state, reference, deliveryId, problem }: DeliveryImportRowDocument): DeliveryImportRow {
  return {
    row,
    state,
    ...(reference === undefined ? {} : { reference }),
    ...(deliveryId === undefined ? {} : { deliveryId }),
    ...(problem === undefined ? {} : { problem }),
  };
}
