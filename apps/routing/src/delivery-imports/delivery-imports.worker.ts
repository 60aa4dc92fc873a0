import { Injectable } from '@nestjs/common';
import { CodedError, RPC_ERROR_CODES } from '#libs/contracts/index.js';
import { TransactionRunner } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { WorkHandler, type WorkItem, type WorkLease } from '#libs/work-queue/index.js';
import { IMPORT_QUEUE } from '../config/config.module.js';
import { DeliveryImportRepository } from './delivery-import.repository.js';
import { ImportChunk } from './import-chunk.js';
import type { ImportWork } from './start-delivery-import.js';

/**
 * Maximum chunks of one run, so that concurrent imports share the workers. Rescheduling after each run also resets the
 * work item's attempt count, so that occasional failures of a large import do not add up to the maximum.
 */
const MAX_CHUNKS_PER_RUN = 20;

/** Creates the deliveries of started imports, chunk by chunk. */
@Injectable()
export class DeliveryImportsWorker {
  constructor(
    private readonly imports: DeliveryImportRepository,
    private readonly importChunk: ImportChunk,
    private readonly transactions: TransactionRunner,
    private readonly clock: Clock,
  ) {}

  /**
   * Does not complete the work item in the transaction of the last chunk: the lease renewal writes the work item while
   * that transaction is open, so the two would conflict. A repeated run of an import that is done has no effect.
   */
  @WorkHandler(IMPORT_QUEUE, 'import-deliveries')
  async onImportDue(
    { organizationId, payload: { importId } }: WorkItem<ImportWork>,
    { signal }: WorkLease,
  ): Promise<{ retryAt: Date } | void> {
    const { actor } = await this.imports.load(organizationId, importId);
    const importNextChunk = (): Promise<boolean> =>
      this.transactions.run((tx) => this.importChunk.execute(organizationId, importId, tx), { actor });
    try {
      for (let chunks = 0; chunks < MAX_CHUNKS_PER_RUN && !signal.aborted; chunks += 1) {
        const isImportDone = await importNextChunk();
        if (isImportDone) return;
      }
    } catch (error) {
      // A concurrent transaction changed a customer that the chunk also writes. The next run imports the chunk.
      if (!(error instanceof CodedError && error.code === RPC_ERROR_CODES.conflict)) throw error;
    }
    return { retryAt: this.clock.now() };
  }
}
