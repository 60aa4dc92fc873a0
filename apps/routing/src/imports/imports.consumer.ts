import { Controller } from '@nestjs/common';
import {
  AppendImportRowsRpc,
  CodedError,
  GetDeliveryImportRpc,
  ListImportRowsRpc,
  RPC_ERROR_CODES,
  StartDeliveryImportRpc,
  type AppendedImportRows,
  type AppendImportRowsRequest,
  type DeliveryImport,
  type DeliveryImportRowPage,
  type GetDeliveryImportRequest,
  type ListImportRowsRequest,
  type StartDeliveryImportRequest,
} from '#libs/contracts/index.js';
import { OnRpc, type QueryContext, type RpcContext } from '#libs/messaging/index.js';
import { TransactionRunner } from '#libs/persistence/index.js';
import type { DeliveryImportDocument } from '#libs/persistence/schemas/routing/delivery-imports.js';
import { Clock } from '#libs/clock/clock.js';
import { WorkHandler, type WorkItem, type WorkLease } from '#libs/work-queue/index.js';
import { IMPORT_QUEUE } from '../delivery-queue.js';
import { AppendImportRows } from './append-import-rows.js';
import { DeliveryImportRepository } from './delivery-import.repository.js';
import { ImportChunk } from './import-chunk.js';
import { ListImportRows } from './list-import-rows.js';
import { StartDeliveryImport, type ImportWork } from './start-delivery-import.js';

/** Then other imports have their turn; and whatever failed before, failed for good reason only if it fails again. */
const CHUNKS_A_TURN = 20;

/** Bulk imports: sent in pieces, started once, carried out chunk by chunk. */
@Controller()
export class ImportsConsumer {
  constructor(
    private readonly appendRows: AppendImportRows,
    private readonly startImport: StartDeliveryImport,
    private readonly importChunk: ImportChunk,
    private readonly listRows: ListImportRows,
    private readonly imports: DeliveryImportRepository,
    private readonly transactions: TransactionRunner,
    private readonly clock: Clock,
  ) {}

  @OnRpc(AppendImportRowsRpc)
  append(request: AppendImportRowsRequest, { organizationId, tx }: RpcContext): Promise<AppendedImportRows> {
    return this.appendRows.execute(organizationId, request, tx);
  }

  @OnRpc(StartDeliveryImportRpc)
  async start(request: StartDeliveryImportRequest, { organizationId, actor, tx }: RpcContext): Promise<DeliveryImport> {
    return toDeliveryImport(await this.startImport.execute(organizationId, request, actor, tx));
  }

  @OnRpc(GetDeliveryImportRpc)
  async get({ importId }: GetDeliveryImportRequest, { organizationId }: QueryContext): Promise<DeliveryImport> {
    return toDeliveryImport(await this.imports.load(organizationId, importId));
  }

  @OnRpc(ListImportRowsRpc)
  rows(request: ListImportRowsRequest, { organizationId }: QueryContext): Promise<DeliveryImportRowPage> {
    return this.listRows.execute(organizationId, request);
  }

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
      // Somebody else changed one of the customers at the same time: no failure of the import.
      if (!(error instanceof CodedError && error.code === RPC_ERROR_CODES.conflict)) throw error;
    }
    return { retryAt: this.clock.now() };
  }
}

function toDeliveryImport(document: DeliveryImportDocument): DeliveryImport {
  const { _id, revision, state, total, accepted, rejected, createdAt, finishedAt } = document;
  return {
    importId: _id,
    ...{ revision, state, total, accepted, rejected },
    createdAt: createdAt.toISOString(),
    ...(finishedAt === undefined ? {} : { finishedAt: finishedAt.toISOString() }),
  };
}
