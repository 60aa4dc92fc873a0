import { Injectable } from '@nestjs/common';
import { CodedError, RPC_ERROR_CODES } from '#libs/contracts/index.js';
import { TransactionRunner } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { WorkHandler, type WorkItem, type WorkLease } from '#libs/work-queue/index.js';
import { IMPORT_QUEUE } from '../config/config.module.js';
import { DeliveryImportRepository } from './delivery-import.repository.js';
import { ImportChunk } from './import-chunk.js';
import type { ImportWork } from './start-delivery-import.js';

/** Then other imports have their turn, and a failure counts as one of the import's only if it happens again. */
const CHUNKS_A_TURN = 20;

/** Makes the deliveries of a started import, chunk by chunk. */
@Injectable()
export class DeliveryImportsWorker {
  constructor(
    private readonly imports: DeliveryImportRepository,
    private readonly importChunk: ImportChunk,
    private readonly transactions: TransactionRunner,
    private readonly clock: Clock,
  ) {}

  /**
   * The work is not completed with the last chunk: a lease is renewed by a write to the same row, which a transaction as
   * long as a chunk's would run into again and again. An import that is done is found done.
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
      for (let chunks = 0; chunks < CHUNKS_A_TURN && !signal.aborted; chunks += 1) if (await nextChunk()) return;
    } catch (error) {
      // Another transaction changed one of the customers at the same time: no failure of the import.
      if (!(error instanceof CodedError && error.code === RPC_ERROR_CODES.conflict)) throw error;
    }
    return { retryAt: this.clock.now() };
  }
}
