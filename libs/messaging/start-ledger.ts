import type { Connection, mongo } from 'mongoose';
import { databaseOf } from '#libs/persistence/index.js';

interface StartRow {
  readonly _id: string;
  readonly starts: number;
  readonly at: Date;
}

const KEPT_DAYS = 7;

/**
 * How often the handling of a redelivered event was begun and never ended, success or failure: only the death of the
 * process does that. Written before the handler runs, outside its transaction.
 */
export class StartLedger {
  private readonly rows: mongo.Collection<StartRow>;

  constructor(connection: Connection) {
    this.rows = databaseOf(connection).collection<StartRow>('unfinished_starts');
  }

  async ensureIndexes(): Promise<void> {
    await this.rows.createIndex({ at: 1 }, { name: 'retention', expireAfterSeconds: KEPT_DAYS * 86_400 });
  }

  /** @returns how many starts before this one never ended */
  async begin(messageId: string): Promise<number> {
    const update = { $inc: { starts: 1 }, $set: { at: new Date() } };
    const row = await this.rows.findOneAndUpdate({ _id: messageId }, update, {
      upsert: true,
      returnDocument: 'before',
    });
    return row?.starts ?? 0;
  }

  async end(messageId: string): Promise<void> {
    await this.rows.deleteOne({ _id: messageId });
  }
}
