import type { Connection, mongo } from 'mongoose';
import type { AppName } from '#libs/contracts/kernel/index.js';
import { withTimeout, getDatabase, isDuplicateKey, type Transaction } from '#libs/persistence/index.js';

interface InboxRow {
  /** `<consumer>/<message id>`. */
  readonly _id: string;
  readonly at: Date;
}

/** At least one event of the transaction was handled before, so the transaction must be aborted. */
export class AlreadyHandledError extends Error {
  readonly code = 'already_handled';

  constructor() {
    super('An event of this transaction was handled before.');
    this.name = 'AlreadyHandledError';
  }
}

/**
 * The ids of the events that an app has handled. They are written in the transaction of the effects, so that each event
 * has its effects once.
 */
export class Inbox {
  private readonly rows: mongo.Collection<InboxRow>;

  constructor(
    connection: Connection,
    private readonly consumer: AppName,
  ) {
    this.rows = getDatabase(connection).collection<InboxRow>('inbox');
  }

  async ensureIndexes(retentionDays: number): Promise<void> {
    await this.rows.createIndex({ at: 1 }, { name: 'retention', expireAfterSeconds: retentionDays * 86_400 });
  }

  /** @throws AlreadyHandledError */
  async claim(messageIds: readonly string[], tx: Transaction): Promise<void> {
    const at = new Date();
    try {
      await this.rows.insertMany(
        messageIds.map((id) => ({ _id: this.toRowId(id), at })),
        { session: tx.session },
      );
    } catch (error) {
      if (isDuplicateKey(error)) throw new AlreadyHandledError();
      throw error;
    }
  }

  async has(messageId: string): Promise<boolean> {
    const found = this.rows.findOne({ _id: this.toRowId(messageId) }, { projection: { _id: 1 } });
    return (await withTimeout(found)) !== null;
  }

  private toRowId(messageId: string): string {
    return `${this.consumer}/${messageId}`;
  }
}
