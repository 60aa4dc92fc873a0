import { Injectable } from '@nestjs/common';
import { CodedError, RPC_ERROR_CODES } from '#libs/contracts/index.js';
import { TransactionRunner } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { WorkHandler, type WorkItem, type WorkLease } from '#libs/work-queue/index.js';
import { IMPORT_QUEUE } from '../config/config.module.js';
import { DeliveryImportRepository } from './delivery-import.repository.js';
import { ImportChunk } from './import-chunk.js';
import type { ImportWork } from './start-delivery-import.js';

/** The limit lets other imports take turns, and resets the work item's count of failed tries. */
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
   * Does not complete the work item in the transaction of the last chunk: renewing the lease writes the same document
   * and would conflict with so long a transaction. Running an import that is already done has no effect.
   */
  @WorkHandler(IMPORT_QUEUE, 'import-deliveries')
  async onImportDue(
    { organizationId, payload: { importId } }: WorkItem<ImportWork>,
    { signal }: WorkLease,
  ): Promise<{ retryAt: Date } | void> {
    const { actor } = await this.imports.load(organizationId, importId);
    const nextChunk = (): Promise<boolean> =>
      this.transactions.run((tx) => this.importChunk.execute(organizationId, importId, tx), { actor });
    try {
      for (let chunks = 0; chunks < MAX_CHUNKS_PER_RUN && !signal.aborted; chunks += 1) if (await nextChunk()) return;
    } catch (error) {
      // A concurrent transaction changed one of the customers. The import retries.
      if (!(error instanceof CodedError && error.code === RPC_ERROR_CODES.conflict)) throw error;
    }
    return { retryAt: this.clock.now() };
  }
}
