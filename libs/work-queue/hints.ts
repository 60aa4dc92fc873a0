import { Inject, Injectable, Logger } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { Queue, Worker, type RedisOptions } from 'bullmq';
import type { Connection } from 'mongoose';
import { databaseOf } from '#libs/persistence/index.js';
import { WORK_QUEUE_SETTINGS, type WorkQueueSettings } from './options.js';
import { hintId } from './work-policy.js';
import type { WorkRow } from './work-row.js';

interface Hint {
  readonly id: string;
}

/** A killed worker's job comes back after about this. */
const STALLED_MS = 1_000;

/**
 * The BullMQ side. A job says only "this row may be due": doubled, stalled and lost jobs do no harm, and while Redis is
 * away nothing here waits for it.
 */
@Injectable()
export class Hints {
  private readonly logger = new Logger('Hints');
  private readonly queues = new Map<string, Queue<Hint>>();
  private readonly workers: Worker<Hint>[] = [];
  private troubled = false;

  constructor(
    @InjectConnection() private readonly connection: Connection,
    @Inject(WORK_QUEUE_SETTINGS) private readonly settings: WorkQueueSettings,
  ) {}

  /** @param onHint runs the row if it is due; must not reject */
  start(onHint: (rowId: string) => Promise<void>): void {
    // One prefix a database, so that environments sharing a Redis do not meet.
    const prefix = databaseOf(this.connection).databaseName;
    for (const { name, concurrency } of this.settings.queues.values()) {
      const queue = new Queue<Hint>(name, {
        prefix,
        connection: this.redis({ enableOfflineQueue: false, maxRetriesPerRequest: 1 }),
      });
      const worker = new Worker<Hint>(name, async ({ data }) => onHint(data.id), {
        prefix,
        connection: this.redis({ maxRetriesPerRequest: null }),
        concurrency,
        stalledInterval: STALLED_MS,
        lockDuration: this.settings.tuning.leaseMs,
        removeOnComplete: { count: 0 },
        removeOnFail: { count: 0 },
      });
      queue.on('error', (error) => this.complain(error));
      worker.on('error', (error) => this.complain(error));
      worker.on('ready', () => this.recovered());
      this.queues.set(name, queue);
      this.workers.push(worker);
    }
  }

  /** Never fails: a lost hint is found by the sweeper. */
  async give(rows: readonly WorkRow[]): Promise<void> {
    const now = this.settings.now().getTime();
    const byQueue = Map.groupBy(rows, (row) => row.queue);
    for (const [name, group] of byQueue) {
      const jobs = group.map((row) => ({
        name: row.kind,
        data: { id: row._id },
        opts: {
          jobId: hintId(row),
          delay: Math.max(0, row.dueAt.getTime() - now),
          removeOnComplete: true,
          removeOnFail: true,
        },
      }));
      try {
        await this.queues.get(name)?.addBulk(jobs);
        this.recovered();
      } catch (error) {
        this.complain(error);
      }
    }
  }

  /** Takes no more hints; resolves when those in hand are done, or at once when Redis is away. */
  async stop(graceMs: number): Promise<void> {
    const patience = new Promise<void>((resolve) => setTimeout(resolve, graceMs).unref());
    await Promise.race([Promise.allSettled(this.workers.map((worker) => worker.close())), patience]);
    const closed = Promise.allSettled([...this.queues.values()].map((queue) => queue.close()));
    await Promise.race([closed, patience]);
    for (const worker of this.workers) void worker.disconnect().catch(() => undefined);
    for (const queue of this.queues.values()) void queue.disconnect().catch(() => undefined);
  }

  private redis(options: RedisOptions): RedisOptions {
    return { url: this.settings.redisUrl, retryStrategy: (times: number) => Math.min(50 * times, 1_000), ...options };
  }

  /** Once a trouble, not once a retry. */
  private complain(error: unknown): void {
    if (!this.troubled)
      this.logger.warn(`Redis is in trouble; due work is found by the sweeper meanwhile: ${String(error)}`);
    this.troubled = true;
  }

  private recovered(): void {
    if (this.troubled) this.logger.log('Redis is back.');
    this.troubled = false;
  }
}
