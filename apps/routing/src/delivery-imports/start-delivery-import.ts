import { Injectable } from '@nestjs/common';
import {
  CodedError,
  DeliveryImportFinished,
  DeliveryImportStarted,
  type Actor,
  type StartDeliveryImportRequest,
} from '#libs/contracts/index.js';
import { createAggregateEvent, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { DeliveryImportDocument } from '#libs/persistence/schemas/routing/delivery-imports.js';
import { Clock } from '#libs/clock/clock.js';
import { WorkQueue } from '#libs/work-queue/index.js';
import { IMPORT_QUEUE } from '../config/config.module.js';
import { DeliveryImportRepository } from './delivery-import.repository.js';
import { ImportRowRepository } from './import-row.repository.js';

/** Payload of the work item that imports the rows. */
export interface ImportWork {
  readonly importId: string;
}

/** Starts an import whose rows are all stored. Schedules its work in the transaction, so a crash cannot lose it. */
@Injectable()
export class StartDeliveryImport {
  constructor(
    private readonly imports: DeliveryImportRepository,
    private readonly rows: ImportRowRepository,
    private readonly queue: WorkQueue,
    private readonly clock: Clock,
  ) {}

  /** @throws CodedError `rows_missing` if not every row is stored */
  async execute(
    organizationId: OrganizationId,
    { importId, total }: StartDeliveryImportRequest,
    actor: Actor | undefined,
    tx: Transaction,
  ): Promise<DeliveryImportDocument> {
    const stored = await this.rows.countRows(organizationId, importId, undefined, tx);
    if (stored !== total)
      throw new CodedError('rows_missing', `${stored} of ${total} rows are stored: send the import again.`);
    const rejected = await this.rows.countRows(organizationId, importId, 'rejected', tx);
    const now = this.clock.now();
    const areAllRejected = rejected === total;
    const finishedPayload = { importId, total, accepted: 0, rejected };
    const created = await this.imports.create(
      tx,
      organizationId,
      {
        _id: importId,
        state: areAllRejected ? 'done' : 'running',
        total,
        accepted: 0,
        rejected,
        ...(actor ? { actor } : {}),
        createdAt: now,
        ...(areAllRejected ? { finishedAt: now } : {}),
      },
      [
        createAggregateEvent(DeliveryImportStarted, { importId, total }, now),
        ...(areAllRejected ? [createAggregateEvent(DeliveryImportFinished, finishedPayload, now)] : []),
      ],
    );
    if (!areAllRejected) {
      await this.queue.schedule(tx, {
        queue: IMPORT_QUEUE,
        kind: 'import-deliveries',
        key: `import-deliveries.${importId}`,
        dueAt: now,
        organizationId,
        payload: { importId } satisfies ImportWork,
      });
    }
    return created;
  }
}
