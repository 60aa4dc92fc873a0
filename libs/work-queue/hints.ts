import type { Queue } from 'bullmq';
import type { RedisLink } from './redis-link.js';
import type { WorkQueueSettings } from './options.js';
import { hintId } from './work-policy.js';
import type { WorkRow } from './work-row.js';

/** What a BullMQ job holds: which row may be due. */
export interface Hint {
  readonly id: string;
}

/**
 * Wakes workers by BullMQ jobs. A job says only "this row may be due": doubled, stalled and lost jobs do no harm, and while
 * Redis is away nothing here waits for it.
 */
export class Hints {
  private readonly queues: ReadonlyMap<string, Queue<Hint>>;

  constructor(
    private readonly link: RedisLink,
    private readonly settings: WorkQueueSettings,
    queues: readonly Queue<Hint>[],
  ) {
    this.queues = new Map(queues.map((queue) => [queue.name, queue]));
    for (const queue of queues) queue.on('error', (error) => link.complain(error));
  }

  /** False while hints cannot be given. */
  get isUsable(): boolean {
    return this.link.isUsable;
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
        this.link.complain(error);
      }
    }
  }

  async close(): Promise<void> {
    await Promise.allSettled([...this.queues.values()].map((queue) => queue.close()));
  }
}
