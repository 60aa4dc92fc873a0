import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  AppendImportRowsRpc,
  MAX_ROWS_PER_MESSAGE,
  StartDeliveryImportRpc,
  type DeliveryImport,
  type ImportRowInput,
} from '#libs/contracts/index.js';
import { RpcClient, type CallOptions } from '#libs/messaging/index.js';
import { createId } from '#libs/persistence/index.js';
import type { ParsedRow } from './csv-rows.js';

/**
 * NATS accepts messages of up to 1 MB. The margin is for escaping, because the JSON text of a row is encoded as a JSON
 * string.
 */
const MAX_CHARACTERS_PER_MESSAGE = 200_000;

/**
 * Sends an import to routing in several messages, and starts it when all rows have arrived. The command id of every
 * message is derived from the import id. A client can therefore continue the import after a crash, by repeating the
 * request with the same `Idempotency-Key`.
 */
@Injectable()
export class SendImport {
  constructor(private readonly rpc: RpcClient) {}

  async execute(rows: readonly ParsedRow[], options: CallOptions): Promise<DeliveryImport> {
    const importId = toImportId(options);
    const withCommandId = (part: string): CallOptions => ({ ...options, commandId: `${importId}.${part}` });
    for (const [index, chunk] of toChunks(rows).entries())
      await this.rpc.call(AppendImportRowsRpc, { importId, rows: chunk }, withCommandId(`rows-${index}`));
    return this.rpc.call(StartDeliveryImportRpc, { importId, total: rows.length }, withCommandId('start'));
  }
}

/** Derives the import id, which is always the same for one organization and `Idempotency-Key`. */
function toImportId({ commandId, organizationId }: CallOptions): string {
  if (commandId === undefined) return createId('imp');
  const digest = createHash('sha256').update(`${organizationId}\n${commandId}`).digest('hex');
  return `imp_${digest.slice(0, 24)}`;
}

function toChunks(rows: readonly ParsedRow[]): ImportRowInput[][] {
  const chunks: ImportRowInput[][] = [];
  let chunkLength = Infinity;
  rows.forEach((row, index) => {
    const length = 'json' in row ? row.json.length : row.unreadable.length;
    const lastChunk = chunks.at(-1);
    if (!lastChunk || lastChunk.length === MAX_ROWS_PER_MESSAGE || chunkLength + length > MAX_CHARACTERS_PER_MESSAGE) {
      chunks.push([{ row: index + 1, ...row }]);
      chunkLength = length;
    } else {
      lastChunk.push({ row: index + 1, ...row });
      chunkLength += length;
    }
  });
  return chunks;
}
