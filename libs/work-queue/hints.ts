import { Inject, Injectable, Logger } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import type { Connection } from 'mongoose';
import { setTimeout as delay } from 'node:timers/promises';
import { databaseOf } from '#libs/persistence/index.js';
import { WORK_QUEUE_SETTINGS, type WorkQueueSettings } from './options.js';
import { endTimerOnClose, endTimersOnClose } from './socket-timers.js';
import { hintId } from './work-policy.js';
import type { WorkRow } from './work-row.js';

interface Hint {
  readonly id: string;
}

/** A Redis that owes an answer and says nothing for so long is frozen: the connection is given up and made anew. */
const SILENCE_MS = 2_000;
/** Workers wait for jobs in commands that Redis answers after ten seconds at the latest. */
const WORKER_SILENCE_MS = 15_000;
/** A killed worker's job comes back after about this. */
const STALLED_MS = 1_000;
const FIRST_CONNECTION_MS = 1_000;

/**
 * The BullMQ side. A job says only "this row may be due": doubled, stalled and lost jobs do no harm, and while Redis is
 * away nothing here waits for it.
 */
@Injectable()
export class Hints {
  private readonly logger = new Logger('Hints');
  private readonly queues = new Map<string, Queue<Hint>>();
  private readonly workers: Worker<Hint>[] = [];
  private redis: Redis | null = null;
  private readonly reconnecting = {
    maxRetriesPerRequest: null,
    retryStrategy: (times: number) => Math.min(50 * times, 1_000),
  };
  private troubled = false;

  constructor(
    @InjectConnection() private readonly connection: Connection,
    @Inject(WORK_QUEUE_SETTINGS) private readonly settings: WorkQueueSettings,
  ) {}

  /**
   * Resolves when Redis is there, or soon anyway.
   * @param onHint runs the row if it is due; must not reject
   */
  async start(onHint: (rowId: string) => Promise<void>): Promise<void> {
    const redis = new Redis(this.settings.redisUrl, {
      ...this.reconnecting,
      enableOfflineQueue: false,
      socketTimeout: SILENCE_MS,
    });
    this.redis = redis;
    endTimerOnClose(redis);
    redis.on('error', (error) => this.complain(error));
    redis.on('ready', () => this.recovered());
    const ready = new Promise<void>((resolve) => redis.once('ready', () => resolve()));
    await Promise.race([ready, delay(FIRST_CONNECTION_MS, undefined, { ref: false })]);
    // One prefix a database, so that environments sharing a Redis do not meet.
    const prefix = databaseOf(this.connection).databaseName;
    for (const { name, concurrency } of this.settings.queues.values()) {
      const queue = new Queue<Hint>(name, { prefix, connection: redis });
      const worker = new Worker<Hint>(name, async ({ data }) => onHint(data.id), {
        prefix,
        connection: { url: this.settings.redisUrl, ...this.reconnecting, socketTimeout: WORKER_SILENCE_MS },
        concurrency,
        stalledInterval: STALLED_MS,
        lockDuration: this.settings.tuning.leaseMs,
        removeOnComplete: { count: 0 },
        removeOnFail: { count: 0 },
      });
      queue.on('error', (error) => this.complain(error));
      worker.on('error', (error) => this.complain(error));
      this.queues.set(name, queue);
      void endTimersOnClose(worker).catch((error: unknown) => this.complain(error));
      this.workers.push(worker);
    }
  }

  /** False while hints cannot be given. A Redis that froze is noticed after two seconds. */
  get isUsable(): boolean {
    return this.redis?.status === 'ready';
  }

  /** Whether Redis answers. Does not wait for one that is away. */
  async ping(): Promise<boolean> {
    return this.isUsable && (await this.redis?.ping()) === 'PONG';
  }

  /** Never fails: a lost hint is found by the sweeper. */
  async give(rows: readonly WorkRow[]): Promise<void> {
    // BullMQ would wait for Redis to come back, and the caller with it.
    if (!this.isUsable) return;
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
      } catch (error) {
        this.complain(error);
      }
    }
  }

  /** Takes no more hints; resolves when those in hand are done, or at once when Redis is away. */
  async stop(graceMs: number): Promise<void> {
    const away = !this.isUsable;
    const patience = delay(graceMs, undefined, { ref: false });
    await Promise.race([Promise.allSettled(this.workers.map((worker) => worker.close(away))), patience]);
    await Promise.race([Promise.allSettled([...this.queues.values()].map((queue) => queue.close())), patience]);
    this.redis?.disconnect();
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
