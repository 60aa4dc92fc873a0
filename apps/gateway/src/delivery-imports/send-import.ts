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
import { newId } from '#libs/persistence/index.js';
import type { SentRow } from './csv-rows.js';

/**
 * NATS accepts messages of 1 MB. The rest is room for the escaping of a row's text, which is encoded as JSON a second
 * time.
 */
const MAX_CHARACTERS_PER_MESSAGE = 200_000;

/**
 * Sends an import to routing in several messages, and starts it when all rows have arrived. The command id of every
 * message derives from the import id. A client that repeats the import with the same `Idempotency-Key` after a crash
 * continues it.
 */
@Injectable()
export class SendImport {
  constructor(private readonly rpc: RpcClient) {}

  async execute(rows: readonly SentRow[], options: CallOptions): Promise<DeliveryImport> {
    const importId = toImportId(options);
    const withCommandId = (part: string): CallOptions => ({ ...options, commandId: `${importId}.${part}` });
    for (const [index, chunk] of toChunks(rows).entries())
      await this.rpc.call(AppendImportRowsRpc, { importId, rows: chunk }, withCommandId(`rows-${index}`));
    return this.rpc.call(StartDeliveryImportRpc, { importId, total: rows.length }, withCommandId('start'));
  }
}

/** The same organization and `Idempotency-Key` give the same import id. */
function toImportId({ commandId, organizationId }: CallOptions): string {
  if (commandId === undefined) return newId('imp');
  const digest = createHash('sha256').update(`${organizationId}\n${commandId}`).digest('hex');
  return `imp_${digest.slice(0, 24)}`;
}

function toChunks(rows: readonly SentRow[]): ImportRowInput[][] {
  const chunks: ImportRowInput[][] = [];
  let size = Infinity;
  rows.forEach((row, index) => {
    const length = 'json' in row ? row.json.length : row.unreadable.length;
    const last = chunks.at(-1);
    if (!last || last.length === MAX_ROWS_PER_MESSAGE || size + length > MAX_CHARACTERS_PER_MESSAGE) {
      chunks.push([{ row: index + 1, ...row }]);
      size = length;
    } else {
      last.push({ row: index + 1, ...row });
      size += length;
    }
  });
  return chunks;
}
