import { Controller, Param, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import {
  ChoiceField,
  DeliveryImport,
  DeliveryImportRowPage,
  GetDeliveryImportRpc,
  IMPORT_ROW_STATES,
  IntegerField,
  ListImportRowsRpc,
  MAX_IMPORT_ROWS,
  StartDeliveryImportRpc,
  TextField,
  type ImportRowState,
} from '#libs/contracts/index.js';
import { RpcClient } from '#libs/messaging/index.js';
import { AsCaller, Caller, ContractQuery, Operation } from '../requests/requests.module.js';
import { MAX_IMPORT_BYTES } from './accept-import-bodies.js';
import { CSV_COLUMNS } from './csv-rows.js';
import { CSV, NDJSON, readRows } from './read-rows.js';
import { SendImport } from './send-import.js';

const DEFAULT_PAGE_SIZE = 50;

class ImportRowsQuery {
  @ChoiceField(IMPORT_ROW_STATES, { optional: true }) state?: ImportRowState;
  @IntegerField({ optional: true, min: 1, max: 200 }) limit?: number;
  @TextField({ optional: true, max: 200 }) cursor?: string;
}

/**
 * Rows are not declared as deliveries, because an invalid row is reported in its own result and does not affect others.
 */
const ROWS_SCHEMA = {
  type: 'array',
  minItems: 1,
  maxItems: MAX_IMPORT_ROWS,
  items: { description: 'A delivery as `createDelivery` accepts it.' },
};

function createExampleRow(reference: string): object {
  return {
    reference,
    customer: { name: 'Cara Customer', phone: '+13125550123', position: [-87.6298, 41.8781] },
    window: { start: '2026-03-02T15:00:00Z', end: '2026-03-02T17:00:00Z' },
  };
}

/** Bulk import of deliveries. */
@Controller('v1/delivery-imports')
export class DeliveryImportsController {
  constructor(
    private readonly rpc: RpcClient,
    private readonly sendImport: SendImport,
  ) {}

  @Operation('POST', '', {
    id: 'createDeliveryImport',
    summary: 'Imports up to 10,000 deliveries; each row has its own result.',
    description:
      'A JSON array of deliveries as `createDelivery` accepts them, the same as NDJSON (one a line), or CSV by RFC 4180 ' +
      `with a header row. Its columns, all of which may be left out if not needed: ${CSV_COLUMNS.join(', ')}; ` +
      'several requirements in one cell are separated by `;`. The response is sent when all rows are stored; then ' +
      'deliveries are created from them, one after the other. `listDeliveryImportRows` reports rows that are invalid; they ' +
      'do not affect other rows. Results are kept for 30 days.',
    access: 'deliveries:write',
    bodySchema: ROWS_SCHEMA,
    bodyMedia: [NDJSON, CSV],
    bodyLimit: MAX_IMPORT_BYTES,
    examples: { body: [createExampleRow('A-1'), createExampleRow('A-2')] },
    status: 202,
    reply: DeliveryImport,
    errors: StartDeliveryImportRpc.errors,
  })
  async create(@Req() request: FastifyRequest, @AsCaller() caller: Caller): Promise<DeliveryImport> {
    const mediaType = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
    return this.sendImport.execute(await readRows(mediaType, request.body), caller.options);
  }

  @Operation('GET', ':importId', {
    id: 'getDeliveryImport',
    summary: 'Returns the progress of an import.',
    access: 'deliveries:read',
    reply: DeliveryImport,
    etag: true,
  })
  get(@Param('importId') importId: string, @AsCaller() caller: Caller): Promise<DeliveryImport> {
    return this.rpc.call(GetDeliveryImportRpc, { importId }, caller.options);
  }

  @Operation('GET', ':importId/rows', {
    id: 'listDeliveryImportRows',
    summary: 'Lists the results of an import’s rows, in the order they were sent.',
    access: 'deliveries:read',
    query: ImportRowsQuery,
    reply: DeliveryImportRowPage,
  })
  listRows(
    @Param('importId') importId: string,
    @ContractQuery(ImportRowsQuery) query: ImportRowsQuery,
    @AsCaller() caller: Caller,
  ): Promise<DeliveryImportRowPage> {
    return this.rpc.call(
      ListImportRowsRpc,
      { ...query, importId, limit: query.limit ?? DEFAULT_PAGE_SIZE },
      caller.options,
    );
  }
}
