import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import type { ImportRowProblem, ImportRowState } from '#libs/contracts/index.js';
import { TenantRepository, trusted, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { DeliveryImportRowDocument } from '#libs/persistence/schemas/routing/delivery-import-rows.js';

/** The result of importing a row: either a delivery or a problem. */
export interface RowResult {
  readonly _id: string;
  readonly reference?: string;
  readonly deliveryId?: string;
  readonly problem?: ImportRowProblem;
}

/** Stores the rows of imports and their results. */
@Injectable()
export class ImportRowRepository extends TenantRepository<DeliveryImportRowDocument> {
  constructor(@InjectModel('DeliveryImportRow') model: Model<DeliveryImportRowDocument>) {
    super(model);
  }

  async insertAll(
    organizationId: OrganizationId,
    rows: readonly Omit<DeliveryImportRowDocument, 'organizationId'>[],
    tx: Transaction,
  ): Promise<void> {
    await this.model.insertMany(
      rows.map((row) => ({ ...row, organizationId })),
      { session: tx.session },
    );
  }

  countRows(
    organizationId: OrganizationId,
    importId: string,
    state: ImportRowState | undefined,
    tx: Transaction,
  ): Promise<number> {
    return this.count(organizationId, { importId, ...(state === undefined ? {} : { state }) }, tx);
  }

  /** Finds the next rows without a result, in the order in which they were sent. */
  findPending(
    organizationId: OrganizationId,
    importId: string,
    limit: number,
    tx: Transaction,
  ): Promise<DeliveryImportRowDocument[]> {
    return this.find(organizationId, { importId, state: 'pending' }, { sort: { row: 1 }, limit, tx });
  }

  findPage(
    organizationId: OrganizationId,
    importId: string,
    { state, after, limit }: { state?: ImportRowState | undefined; after: number; limit: number },
  ): Promise<DeliveryImportRowDocument[]> {
    const filter = { importId, row: trusted({ $gt: after }), ...(state === undefined ? {} : { state }) };
    return this.find(organizationId, filter, { sort: { row: 1 }, limit });
  }

  /** Stores the results of rows. A row that already has a result keeps it. */
  async storeResults(organizationId: OrganizationId, results: readonly RowResult[], tx: Transaction): Promise<void> {
    const writes = results.map(({ _id, ...result }) => ({
      updateOne: {
        filter: { _id, organizationId, state: 'pending' as const },
        update: {
          $set: { ...result, state: result.deliveryId === undefined ? ('rejected' as const) : ('accepted' as const) },
          $unset: { json: 1 as const },
        },
      },
    }));
    await this.model.bulkWrite(writes, { session: tx.session });
  }
}
