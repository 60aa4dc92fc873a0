import { Logger } from '@nestjs/common';
import type { Connection, mongo } from 'mongoose';
import { getOutboxCollection, type OutboxRow } from '#libs/persistence/index.js';

/** Pause before a failed change stream is opened again. */
const REOPEN_MS = 500;

type InsertedRow = Pick<mongo.ChangeStreamInsertDocument<OutboxRow>, '_id' | 'documentKey'>;

/**
 * Notifies the relay when another replica inserts an outbox row. It only wakes the relay, which then scans for unsent
 * rows. The change stream therefore needs no resume token after a failure.
 */
export class OutboxWatch {
  private readonly logger = new Logger('Outbox');
  private stream: mongo.ChangeStream<OutboxRow> | null = null;
  private reopening: NodeJS.Timeout | undefined;
  private shouldBeOpen = false;

  /**
   * @param ownWriter the writer id of this process, whose rows are filtered out: the relay already has them, and
   *   reading them again was a quarter of the MongoDB time of an event
   * @param onInsert receives the id of the row, or `null` after a gap in which rows may have been inserted
   */
  constructor(
    private readonly connection: Connection,
    private readonly ownWriter: string,
    private readonly onInsert: (id: string | null) => void,
  ) {}

  /** Opens the change stream. Does nothing when it is open. */
  open(): void {
    this.shouldBeOpen = true;
    if (this.stream || this.reopening) return;
    const others = { operationType: 'insert', 'fullDocument.writer': { $ne: this.ownWriter } };
    const pipeline = [{ $match: others }, { $project: { documentKey: 1 } }];
    const stream = getOutboxCollection(this.connection).watch(pipeline);
    this.stream = stream;
    stream.on('change', (change) => this.onInsert((change as InsertedRow).documentKey._id.toHexString()));
    stream.on('error', (error) => void this.reopen(stream, error));
    stream.on('close', () => void this.reopen(stream, null));
    // The stream does not report rows that were inserted before it opened.
    this.onInsert(null);
  }

  async close(): Promise<void> {
    this.shouldBeOpen = false;
    clearTimeout(this.reopening);
    this.reopening = undefined;
    const stream = this.stream;
    this.stream = null;
    await stream?.close().catch(() => undefined);
  }

  private async reopen(stream: mongo.ChangeStream<OutboxRow>, error: Error | null): Promise<void> {
    if (this.stream !== stream) return;
    this.stream = null;
    if (error) this.logger.warn(`The change stream of the outbox ended; reopening: ${error.message}`);
    await stream.close().catch(() => undefined);
    if (!this.shouldBeOpen) return;
    this.reopening = setTimeout(() => {
      this.reopening = undefined;
      if (this.shouldBeOpen) this.open();
    }, REOPEN_MS);
  }
}
