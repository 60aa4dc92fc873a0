import { Logger } from '@nestjs/common';
import type { Connection } from 'mongoose';
import { withTimeout, getOutboxCollection, type OutboxRow } from '#libs/persistence/index.js';

/**
 * How long a published row may stay unmarked. Marking rows one by one was almost half of the MongoDB time of an event.
 */
const FLUSH_DELAY_MS = 200;
const MAX_BATCH = 256;

/**
 * Marks outbox rows as published, in batches. When a mark is lost, the event is published again, and the stream and
 * every inbox drop the duplicate. Therefore no caller waits for the mark, and the write does not wait for the journal.
 */
export class PublishedMarks {
  private readonly logger = new Logger('Outbox');
  private batch: OutboxRow['_id'][] = [];
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly connection: Connection) {}

  add(rows: readonly OutboxRow[]): void {
    if (rows.length === 0) return;
    this.batch.push(...rows.map(({ _id }) => _id));
    if (this.batch.length >= MAX_BATCH) void this.flush();
    else this.timer ??= setTimeout(() => void this.flush(), FLUSH_DELAY_MS);
  }

  /** Resolves when all marks added so far are written. Rows whose write failed stay unsent and are published again. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const ids = this.batch;
    this.batch = [];
    if (ids.length > 0) {
      this.writing = this.writing
        .then(() => this.write(ids))
        .catch((error: unknown) => this.logger.warn(`Cannot mark published rows: ${String(error)}`));
    }
    return this.writing;
  }

  private async write(ids: readonly OutboxRow['_id'][]): Promise<void> {
    const update = { $set: { publishedAt: new Date() }, $unset: { unsent: true } } as const;
    const options = { writeConcern: { w: 1, j: false } };
    await withTimeout(getOutboxCollection(this.connection).updateMany({ _id: { $in: ids } }, update, options));
  }
}
