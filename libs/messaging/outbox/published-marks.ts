import { Logger } from '@nestjs/common';
import type { Connection } from 'mongoose';
import { answerInTime, outboxOf, type OutboxRow } from '#libs/persistence/index.js';

/** How long a published row may stay unmarked. Marking each by itself was almost half of what an event cost MongoDB. */
const GATHER_MS = 200;
const MOST_GATHERED = 256;

/**
 * Marks outbox rows as published, many at a time. Losing a mark costs a second publish, which the stream and every inbox
 * drop: so nobody waits for it, and it need not wait for the journal.
 */
export class PublishedMarks {
  private readonly logger = new Logger('Outbox');
  private gathered: OutboxRow['_id'][] = [];
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly connection: Connection) {}

  add(rows: readonly OutboxRow[]): void {
    if (rows.length === 0) return;
    this.gathered.push(...rows.map(({ _id }) => _id));
    if (this.gathered.length >= MOST_GATHERED) void this.flush();
    else this.timer ??= setTimeout(() => void this.flush(), GATHER_MS);
  }

  /** Resolves when everything added so far is written, or has failed and is left to be found as unsent again. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const ids = this.gathered;
    this.gathered = [];
    if (ids.length > 0) {
      this.writing = this.writing
        .then(() => this.write(ids))
        .catch((error: unknown) => this.logger.warn(`Published rows could not be marked: ${String(error)}`));
    }
    return this.writing;
  }

  private async write(ids: readonly OutboxRow['_id'][]): Promise<void> {
    const update = { $set: { publishedAt: new Date() }, $unset: { unsent: true } } as const;
    const options = { writeConcern: { w: 1, j: false } };
    await answerInTime(outboxOf(this.connection).updateMany({ _id: { $in: ids } }, update, options));
  }
}
