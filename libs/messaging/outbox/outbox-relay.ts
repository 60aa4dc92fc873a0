import { Inject, Injectable, Logger } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import {
  withTimeout,
  ensureOutboxIndexes,
  Lease,
  getOutboxCollection,
  TransactionRunner,
  type OutboxRow,
} from '#libs/persistence/index.js';
import { NatsLink } from '../link/nats-link.js';
import { MESSAGING_SETTINGS, type MessagingSettings } from '../options/options.js';
import { OutboxWatch } from './outbox-watch.js';
import { PublishedMarks } from './published-marks.js';
import { RecentIds } from './recent-ids.js';
import { backOff } from '../link/retry-policy.js';
import { encodeText, toHeaders } from '../link/wire.js';

const PUBLISH_TIMEOUT_MS = 5_000;
const MAX_COUNTED_ROWS = 10_000;
const MAX_REMEMBERED_ROWS = 8_192;

/**
 * Publishes the events in the outbox. Of an app's replicas, only the holder of the lease publishes. If a stalled holder
 * overlaps with its successor, an event is published twice with the same id, and the stream and every inbox drop
 * the duplicate.
 *
 * The source of truth is the field `unsent` of the rows. The relay receives the rows that its own process commits, the
 * change stream wakes it for the rows of other replicas, and a slow poll finds rows that both missed.
 */
@Injectable()
export class OutboxRelay {
  private readonly logger = new Logger('Outbox');
  /** The ids of rows that this process has published, so that it does not publish them again before they are marked. */
  private readonly publishedIds = new RecentIds(MAX_REMEMBERED_ROWS);
  /** Rows that this process has committed and not published yet. */
  private readonly committedRows: OutboxRow[] = [];
  private readonly marks: PublishedMarks;
  private lease: Lease | null = null;
  /** `performance.now()` until which this process holds the lease. */
  private heldUntil = 0;
  /** Whether the next batch is read from the database instead of `committedRows`. */
  private isScanDue = false;
  private isStopping = false;
  private draining: Promise<void> | null = null;
  private watch: OutboxWatch | null = null;
  private timers: NodeJS.Timeout[] = [];
  private readonly unsubscribers: (() => void)[] = [];

  constructor(
    private readonly link: NatsLink,
    private readonly transactions: TransactionRunner,
    @InjectConnection() private readonly connection: Connection,
    @Inject(MESSAGING_SETTINGS) private readonly settings: MessagingSettings,
  ) {
    this.marks = new PublishedMarks(connection);
  }

  /** Whether this replica publishes. */
  get active(): boolean {
    return performance.now() < this.heldUntil;
  }

  async start(): Promise<void> {
    const { tuning } = this.settings;
    await ensureOutboxIndexes(this.connection, tuning.outboxRetentionDays);
    this.lease = new Lease(this.connection, 'outbox-relay', randomUUID(), tuning.relayLeaseMs);
    this.watch = new OutboxWatch(this.connection, this.transactions.writer, (id) => this.onInserted(id));
    this.unsubscribers.push(this.transactions.onCommittedEvents((rows) => this.addCommittedRows(rows)));
    this.unsubscribers.push(this.link.onConnect(() => this.scan()));
    await this.renewLease();
    this.timers = [
      setInterval(() => void this.renewLease(), tuning.relayLeaseMs / 3),
      setInterval(() => void this.poll(), tuning.relayPollMs),
    ];
  }

  /** Publishes the remaining rows and releases the lease. */
  async stop(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    for (const unsubscribe of this.unsubscribers) unsubscribe();
    await this.watch?.close();
    if (this.active) this.scan();
    this.isStopping = true;
    await this.draining;
    await this.marks.flush();
    this.heldUntil = 0;
    await this.lease?.release().catch(() => undefined);
  }

  /** @returns the number of unpublished rows, capped at 10,000 */
  async countPending(): Promise<number> {
    await this.marks.flush();
    return withTimeout(
      getOutboxCollection(this.connection).countDocuments({ unsent: true }, { limit: MAX_COUNTED_ROWS }),
    );
  }

  /**
   * Publishes again all events published since an instant, for a broker that lost its streams. Consumers drop the
   * events that they have handled.
   * @returns the number of events
   * @throws Error when NATS rejects an event; running it again is safe
   */
  async republishSince(since: Date): Promise<number> {
    await this.link.ensureTopology();
    let count = 0;
    let batch: OutboxRow[] = [];
    const flush = async (): Promise<void> => {
      const publishedRows = await this.publish(batch);
      if (publishedRows.length < batch.length)
        throw new Error(`NATS rejected an event after ${count} were republished; run the command again.`);
      count += batch.length;
      batch = [];
    };
    for await (const row of getOutboxCollection(this.connection)
      .find({ publishedAt: { $gte: since } })
      .sort({ _id: 1 })) {
      batch.push(row);
      if (batch.length === this.settings.tuning.relayMaxInFlight) await flush();
    }
    await flush();
    return count;
  }

  private addCommittedRows(rows: readonly OutboxRow[]): void {
    if (!this.active) return;
    if (this.committedRows.length < MAX_REMEMBERED_ROWS) this.committedRows.push(...rows);
    else this.isScanDue = true;
    this.drain();
  }

  private onInserted(id: string | null): void {
    if (id !== null && (this.publishedIds.has(id) || this.committedRows.some((row) => row._id.toHexString() === id)))
      return;
    this.scan();
  }

  private scan(): void {
    this.isScanDue = true;
    this.drain();
  }

  private async poll(): Promise<void> {
    if (!this.active) return;
    try {
      const pending = await this.countPending();
      this.settings.observer.outboxPending(pending);
      if (pending > 0) this.scan();
    } catch (error) {
      this.logger.warn(`Cannot count unsent outbox rows: ${String(error)}`);
    }
  }

  private async renewLease(): Promise<void> {
    const requestedAt = performance.now();
    try {
      const isHeld = await this.lease?.acquire();
      const wasActive = this.active;
      this.heldUntil = isHeld ? requestedAt + this.settings.tuning.relayLeaseMs : 0;
      if (isHeld && !wasActive) this.scan();
      if (isHeld) return this.watch?.open();
      // The lease holder finds these rows itself and reports how many are pending.
      this.committedRows.length = 0;
      this.settings.observer.outboxPending(0);
      await this.watch?.close();
    } catch (error) {
      this.logger.warn(`Cannot renew the relay's lease: ${String(error)}`);
    }
  }

  /** At most one drain runs at a time. It also publishes rows that are added meanwhile. Without NATS, rows wait. */
  private drain(): void {
    if (!this.link.isConnected) return;
    this.draining ??= this.drainAll().finally(() => {
      this.draining = null;
      if (!this.isStopping && this.active && this.committedRows.length > 0) this.drain();
    });
  }

  private async drainAll(): Promise<void> {
    for (let failures = 0; this.active && this.link.isConnected;) {
      try {
        const rows = await this.takeBatch();
        if (rows.length === 0) return;
        const publishedRows = await this.publish(rows);
        this.marks.add(publishedRows);
        if (publishedRows.length < rows.length)
          throw new Error(`NATS accepted ${publishedRows.length} of ${rows.length} events.`);
        failures = 0;
      } catch (error) {
        this.isScanDue = true;
        if (this.isStopping) return;
        this.logger.warn(`Publishing failed; retrying: ${String(error)}`);
        await delay(backOff(failures));
        failures += 1;
        if (failures % 4 === 0) await this.link.ensureTopology().catch(() => undefined);
      }
    }
  }

  private async takeBatch(): Promise<OutboxRow[]> {
    const max = this.settings.tuning.relayMaxInFlight;
    while (!this.isScanDue && this.committedRows.length > 0) {
      const rows = this.committedRows.splice(0, max).filter(({ _id }) => !this.publishedIds.has(_id.toHexString()));
      if (rows.length > 0) return rows;
    }
    if (!this.isScanDue) return [];
    // The scan also finds the rows in `committedRows`. It returns rows in order of their ids, so that rows whose
    // publication failed precede later ones.
    this.committedRows.length = 0;
    await this.marks.flush();
    this.isScanDue = false;
    const unsent = getOutboxCollection(this.connection).find({ unsent: true }).sort({ unsent: 1, _id: 1 }).limit(max);
    const rows = await withTimeout(unsent.toArray());
    if (rows.length === max) this.isScanDue = true;
    return rows;
  }

  /** @returns the rows that the broker acknowledged */
  private async publish(rows: readonly OutboxRow[]): Promise<OutboxRow[]> {
    const results = await Promise.allSettled(rows.map((row) => this.publishOne(row)));
    const rejection = results.find((result) => result.status === 'rejected');
    if (rejection) this.logger.warn(`NATS rejected an event: ${String(rejection.reason)}`);
    return rows.filter((_row, index) => results[index]?.status === 'fulfilled');
  }

  private async publishOne(row: OutboxRow): Promise<void> {
    const id = row._id.toHexString();
    const headers = toHeaders({ ...row.trace });
    await this.link.js.publish(row.subject, encodeText(row.envelope), {
      msgID: id,
      headers,
      timeout: PUBLISH_TIMEOUT_MS,
    });
    this.publishedIds.add(id);
    this.settings.observer.eventPublished(row.subject, Date.now() - row.createdAt.getTime());
  }
}
