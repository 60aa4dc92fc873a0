import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  AppendImportRowsRpc,
  MOST_ROWS_A_MESSAGE,
  StartDeliveryImportRpc,
  type DeliveryImport,
  type ImportRowInput,
} from '#libs/contracts/index.js';
import { RpcClient, type CallOptions } from '#libs/messaging/index.js';
import { newId } from '#libs/persistence/index.js';
import type { SentRow } from './csv-rows.js';

/** The broker takes messages of 1 MB; what a row's text grows by when it is sent as text once more stays below the rest. */
const MOST_CHARACTERS_A_MESSAGE = 200_000;

/**
 * Hands an import to its owner in messages it can take, and starts it when all have arrived. Every message is a command
 * with an id of the import's own: whoever sends the same import again by the same `Idempotency-Key`, after whatever died,
 * continues it.
 */
@Injectable()
export class SendImport {
  constructor(private readonly rpc: RpcClient) {}

  async execute(rows: readonly SentRow[], options: CallOptions): Promise<DeliveryImport> {
    const importId = importIdOf(options);
    const idOf = (part: string): CallOptions => ({ ...options, commandId: `${importId}.${part}` });
    for (const [index, chunk] of chunksOf(rows).entries())
      await this.rpc.call(AppendImportRowsRpc, { importId, rows: chunk }, idOf(`rows-${index}`));
    return this.rpc.call(StartDeliveryImportRpc, { importId, total: rows.length }, idOf('start'));
  }
}

/** The same for the same `Idempotency-Key` of an organisation. */
function importIdOf({ commandId, organizationId }: CallOptions): string {
  if (commandId === undefined) return newId('imp');
  const digest = createHash('sha256').update(`${organizationId}\n${commandId}`).digest('hex');
  return `imp_${digest.slice(0, 24)}`;
}

function chunksOf(rows: readonly SentRow[]): ImportRowInput[][] {
  const chunks: ImportRowInput[][] = [];
  let size = Infinity;
  rows.forEach((row, index) => {
    const length = 'json' in row ? row.json.length : row.unreadable.length;
    const last = chunks.at(-1);
    if (!last || last.length === MOST_ROWS_A_MESSAGE || size + length > MOST_CHARACTERS_A_MESSAGE) {
      chunks.push([{ row: index + 1, ...row }]);
      size = length;
    } else {
      last.push({ row: index + 1, ...row });
      size += length;
    }
  });
  return chunks;
}
