import { Controller } from '@nestjs/common';
import {
  AppendImportRowsRpc,
  GetDeliveryImportRpc,
  ListImportRowsRpc,
  StartDeliveryImportRpc,
  type AppendedImportRows,
  type AppendImportRowsRequest,
  type DeliveryImport,
  type DeliveryImportRowPage,
  type GetDeliveryImportRequest,
  type ListImportRowsRequest,
  type StartDeliveryImportRequest,
} from '#libs/contracts/index.js';
import { OnRpc, type QueryContext, type CommandContext } from '#libs/messaging/index.js';
import { AppendImportRows } from './append-import-rows.js';
import { toDeliveryImport } from './delivery-import.mapper.js';
import { DeliveryImportRepository } from './delivery-import.repository.js';
import { ListImportRows } from './list-import-rows.js';
import { StartDeliveryImport } from './start-delivery-import.js';

/** Bulk imports: rows are uploaded in batches, then the import is started once. */
@Controller()
export class DeliveryImportsRpc {
  constructor(
    private readonly appendRows: AppendImportRows,
    private readonly startImport: StartDeliveryImport,
    private readonly listRows: ListImportRows,
    private readonly imports: DeliveryImportRepository,
  ) {}

  @OnRpc(AppendImportRowsRpc)
  append(request: AppendImportRowsRequest, { organizationId, tx }: CommandContext): Promise<AppendedImportRows> {
    return this.appendRows.execute(organizationId, request, tx);
  }

  @OnRpc(StartDeliveryImportRpc)
  async start(
    request: StartDeliveryImportRequest,
    { organizationId, actor, tx }: CommandContext,
  ): Promise<DeliveryImport> {
    return toDeliveryImport(await this.startImport.execute(organizationId, request, actor, tx));
  }

  @OnRpc(GetDeliveryImportRpc)
  async get({ importId }: GetDeliveryImportRequest, { organizationId }: QueryContext): Promise<DeliveryImport> {
    return toDeliveryImport(await this.imports.load(organizationId, importId));
  }

  @OnRpc(ListImportRowsRpc)
  getRows(request: ListImportRowsRequest, { organizationId }: QueryContext): Promise<DeliveryImportRowPage> {
    return this.listRows.execute(organizationId, request);
  }
}
