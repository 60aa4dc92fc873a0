import { createHash } from 'node:crypto';
import type { ClientSession, Connection, mongo } from 'mongoose';
import { CodedError, RPC_ERROR_CODES } from '#libs/contracts/kernel/index.js';
import { withTimeout, getDatabase, type OrganizationId } from '#libs/persistence/index.js';
import { isSealed, type DataSealer } from '#libs/sealing/data-sealer.js';

interface CommandRow {
  /** `<organization id>/<command id>`; neither id can contain a slash. */
  readonly _id: string;
  readonly subject: string;
  readonly requestHash: string;
  /** The value of the first reply as JSON, sealed because replies contain secrets and customers' words. */
  readonly reply: string;
  readonly createdAt: Date;
}

/** Identifies a command and its request. */
export interface CommandKey {
  readonly organizationId: OrganizationId;
  readonly commandId: string;
  readonly subject: string;
  readonly requestHash: string;
}

/** Stores the executed commands of an app and their replies, in the transaction of their effects. */
export class CommandStore {
  private readonly rows: mongo.Collection<CommandRow>;

  constructor(
    connection: Connection,
    private readonly sealer: DataSealer,
  ) {
    this.rows = getDatabase(connection).collection<CommandRow>('commands');
  }

  async ensureIndexes(retentionDays: number): Promise<void> {
    await this.rows.createIndex({ createdAt: 1 }, { name: 'retention', expireAfterSeconds: retentionDays * 86_400 });
  }

  /**
   * @returns the stored reply as JSON, or `null` when the command was not executed yet
   * @throws CodedError `command_reused` when the id belongs to another request
   */
  async findReply(key: CommandKey, session?: ClientSession): Promise<string | null> {
    const row = await withTimeout(this.rows.findOne({ _id: toRowId(key) }, session ? { session } : {}));
    if (!row) return null;
    if (row.subject !== key.subject || row.requestHash !== key.requestHash) {
      const message = `commandId ${key.commandId} was used for another request. Use a new id for every command.`;
      throw new CodedError(RPC_ERROR_CODES.commandReused, message);
    }
    if (!isSealed(row.reply)) return row.reply;
    return this.sealer.open(key.organizationId, toSealingContext(key), row.reply).toString('utf8');
  }

  async storeReply(key: CommandKey, reply: string, session: ClientSession): Promise<void> {
    const { organizationId, subject, requestHash } = key;
    const sealed = this.sealer.seal(organizationId, toSealingContext(key), reply);
    const row = { _id: toRowId(key), subject, requestHash, reply: sealed, createdAt: new Date() };
    await this.rows.insertOne(row, { session });
  }
}

const toSealingContext = (key: CommandKey): string => `commands/${toRowId(key)}`;

/** Returns the id of the stored reply of a command. */
export const toRowId = ({ organizationId, commandId }: CommandKey): string => `${organizationId}/${commandId}`;

/** Returns the SHA-256 of the request with sorted keys, so that key order does not matter. */
export function hashRequest(request: unknown): string {
  return createHash('sha256').update(JSON.stringify(request, sortKeys)).digest('base64url');
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
