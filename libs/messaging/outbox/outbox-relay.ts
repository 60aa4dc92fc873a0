import { Inject, Injectable, Logger } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import {
  answerInTime,
  ensureOutboxIndexes,
  Lease,
  outboxOf,
  TransactionRunner,
  type OutboxRow,
} from '#libs/persistence/index.js';
import { NatsLink } from '../link/nats-link.js';
import { MESSAGING_SETTINGS, type MessagingSettings } from '../options/options.js';
import { OutboxWatch } from './outbox-watch.js';
import { PublishedMarks } from './published-marks.js';
import { RecentIds } from './recent-ids.js';
import { backOff } from '../link/retry-policy.js';
import { encodeText, headersOf } from '../link/wire.js';

const PUBLISH_TIMEOUT_MS = 5_000;
const MOST_COUNTED = 10_000;
const MOST_REMEMBERED = 8_192;

/**
 * Publishes outbox rows. One replica of an app does, by a lease; if a stalled holder overlaps with its successor the
 * same event is published twice with the same id, which the stream and every inbox drop.
 *
 * The truth is "unsent rows". Commits of this process hand their rows over directly, the change stream tells of the
 * other replicas', and a slow poll finds what both missed.
 */
@Injectable()
export class OutboxRelay {
  private readonly logger = new Logger('Outbox');
  private readonly published = new RecentIds(MOST_REMEMBERED);
  private readonly handedOver: OutboxRow[] = [];
  private readonly marks: PublishedMarks;
  private lease: Lease | null = null;
  private heldUntil = 0;
  private scanDue = false;
  private stopping = false;
  private draining: Promise<void> | null = null;
  private watch: OutboxWatch | null = null;
  private timers: NodeJS.Timeout[] = [];
  private readonly unsubscribe: (() => void)[] = [];

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
    this.watch = new OutboxWatch(this.connection, this.transactions.writer, (id) => this.heardOf(id));
    this.unsubscribe.push(this.transactions.onCommittedEvents((rows) => this.handOver(rows)));
    this.unsubscribe.push(this.link.onConnect(() => this.scan()));
    await this.renewLease();
    this.timers = [
      setInterval(() => void this.renewLease(), tuning.relayLeaseMs / 3),
      setInterval(() => void this.poll(), tuning.relayPollMs),
    ];
  }

  /** Publishes what is there once more, then leaves the lease to others. */
  async stop(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    for (const stop of this.unsubscribe) stop();
    await this.watch?.close();
    if (this.active) this.scan();
    this.stopping = true;
    await this.draining;
    await this.marks.flush();
    this.heldUntil = 0;
    await this.lease?.release().catch(() => undefined);
  }

  /** Rows not published yet, at most 10,000. */
  async pending(): Promise<number> {
    await this.marks.flush();
    return answerInTime(outboxOf(this.connection).countDocuments({ unsent: true }, { limit: MOST_COUNTED }));
  }

  /**
   * Publishes again what was published since an instant, for a broker that lost its streams. Consumers that handled an
   * event already drop it.
   * @returns how many rows
   */
  async republishSince(since: Date): Promise<number> {
    await this.link.ensureTopology();
    let count = 0;
    let batch: OutboxRow[] = [];
    const flush = async (): Promise<void> => {
      const sent = await this.publish(batch);
      if (sent.length < batch.length) throw new Error(`After ${count} rows NATS did not take a row; run it again.`);
      count += batch.length;
      batch = [];
    };
    for await (const row of outboxOf(this.connection)
      .find({ publishedAt: { $gte: since } })
      .sort({ _id: 1 })) {
      batch.push(row);
      if (batch.length === this.settings.tuning.relayMaxInFlight) await flush();
    }
    await flush();
    return count;
  }

  private handOver(rows: readonly OutboxRow[]): void {
    if (!this.active) return;
    if (this.handedOver.length < MOST_REMEMBERED) this.handedOver.push(...rows);
    else this.scanDue = true;
    this.drain();
  }

  private heardOf(id: string | null): void {
    if (id !== null && (this.published.has(id) || this.handedOver.some((row) => row._id.toHexString() === id))) return;
    this.scan();
  }

  private scan(): void {
    this.scanDue = true;
    this.drain();
  }

  private async poll(): Promise<void> {
    if (!this.active) return;
    try {
      const pending = await this.pending();
      this.settings.observer.outboxPending(pending);
      if (pending > 0) this.scan();
    } catch (error) {
      this.logger.warn(`Unsent rows cannot be counted: ${String(error)}`);
    }
  }

  private async renewLease(): Promise<void> {
    const asked = performance.now();
    try {
      const held = await this.lease?.acquire();
      const wasActive = this.active;
      this.heldUntil = held ? asked + this.settings.tuning.relayLeaseMs : 0;
      if (held && !wasActive) this.scan();
      if (held) return this.watch?.open();
      // The holder finds these by itself, and says how many wait.
      this.handedOver.length = 0;
      this.settings.observer.outboxPending(0);
      await this.watch?.close();
    } catch (error) {
      this.logger.warn(`The relay's lease cannot be renewed: ${String(error)}`);
    }
  }

  /** At most one drain runs; what comes meanwhile is done by the running one. While NATS is away the rows wait for it. */
  private drain(): void {
    if (!this.link.isConnected) return;
    this.draining ??= this.drainAll().finally(() => {
      this.draining = null;
      if (!this.stopping && this.active && this.handedOver.length > 0) this.drain();
    });
  }

  private async drainAll(): Promise<void> {
    for (let failures = 0; this.active && this.link.isConnected;) {
      try {
        const rows = await this.take();
        if (rows.length === 0) return;
        const sent = await this.publish(rows);
        this.marks.add(sent);
        if (sent.length < rows.length) throw new Error(`NATS took ${sent.length} of ${rows.length} events.`);
        failures = 0;
      } catch (error) {
        this.scanDue = true;
        if (this.stopping) return;
        this.logger.warn(`Publishing waits: ${String(error)}`);
        await delay(backOff(failures));
        failures += 1;
        if (failures % 4 === 0) await this.link.ensureTopology().catch(() => undefined);
      }
    }
  }

  private async take(): Promise<OutboxRow[]> {
    const most = this.settings.tuning.relayMaxInFlight;
    while (!this.scanDue && this.handedOver.length > 0) {
      const rows = this.handedOver.splice(0, most).filter(({ _id }) => !this.published.has(_id.toHexString()));
      if (rows.length > 0) return rows;
    }
    if (!this.scanDue) return [];
    // The scan finds what was handed over, too, and in its order: what failed before goes before what came after it.
    this.handedOver.length = 0;
    await this.marks.flush();
    this.scanDue = false;
    const unsent = outboxOf(this.connection).find({ unsent: true }).sort({ unsent: 1, _id: 1 }).limit(most);
    const rows = await answerInTime(unsent.toArray());
    if (rows.length === most) this.scanDue = true;
    return rows;
  }

  /** @returns the rows the broker acknowledged */
  private async publish(rows: readonly OutboxRow[]): Promise<OutboxRow[]> {
    const results = await Promise.allSettled(rows.map((row) => this.publishOne(row)));
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) this.logger.warn(`An event was not taken: ${String(failed.reason)}`);
    return rows.filter((_row, index) => results[index]?.status === 'fulfilled');
  }

  private async publishOne(row: OutboxRow): Promise<void> {
    const id = row._id.toHexString();
    const headers = headersOf({ ...row.trace });
    await this.link.js.publish(row.subject, encodeText(row.envelope), {
      msgID: id,
      headers,
      timeout: PUBLISH_TIMEOUT_MS,
    });
    this.published.add(id);
    this.settings.observer.eventPublished(row.subject, Date.now() - row.createdAt.getTime());
  }
}
