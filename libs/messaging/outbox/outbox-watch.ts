import { Logger } from '@nestjs/common';
import type { Connection, mongo } from 'mongoose';
import { outboxOf, type OutboxRow } from '#libs/persistence/index.js';

const REOPEN_MS = 500;

type Inserted = Pick<mongo.ChangeStreamInsertDocument<OutboxRow>, '_id' | 'documentKey'>;

/**
 * Tells when an outbox row is inserted by another replica. It only wakes: nothing is resumed after a failure, because
 * whoever is woken looks for unsent rows itself.
 */
export class OutboxWatch {
  private readonly logger = new Logger('Outbox');
  private stream: mongo.ChangeStream<OutboxRow> | null = null;
  private reopening: NodeJS.Timeout | undefined;
  private wanted = false;

  /**
   * @param ownWriter whose rows are not told of: this process hands them over itself, and hearing of each once more
   *   was a quarter of what an event cost MongoDB
   * @param onInsert given the row's id, or `null` after a gap in which anything may have been inserted
   */
  constructor(
    private readonly connection: Connection,
    private readonly ownWriter: string,
    private readonly onInsert: (id: string | null) => void,
  ) {}

  /** Harmless when it is open. */
  open(): void {
    this.wanted = true;
    if (this.stream || this.reopening) return;
    const others = { operationType: 'insert', 'fullDocument.writer': { $ne: this.ownWriter } };
    const inserts = [{ $match: others }, { $project: { documentKey: 1 } }];
    const stream = outboxOf(this.connection).watch(inserts);
    this.stream = stream;
    stream.on('change', (change) => this.onInsert((change as Inserted).documentKey._id.toHexString()));
    stream.on('error', (error) => void this.reopen(stream, error));
    stream.on('close', () => void this.reopen(stream, null));
    // What was inserted before the stream opened is not told of.
    this.onInsert(null);
  }

  async close(): Promise<void> {
    this.wanted = false;
    clearTimeout(this.reopening);
    this.reopening = undefined;
    const stream = this.stream;
    this.stream = null;
    await stream?.close().catch(() => undefined);
  }

  private async reopen(stream: mongo.ChangeStream<OutboxRow>, error: Error | null): Promise<void> {
    if (this.stream !== stream) return;
    this.stream = null;
    if (error) this.logger.warn(`The outbox's change stream ended and is opened anew: ${error.message}`);
    await stream.close().catch(() => undefined);
    if (!this.wanted) return;
    this.reopening = setTimeout(() => {
      this.reopening = undefined;
      if (this.wanted) this.open();
    }, REOPEN_MS);
  }
}
