import type { Queue } from 'bullmq';
import type { RedisLink } from './redis-link.js';
import type { WorkQueueSettings } from './options.js';
import { toWakeUpId } from './work-policy.js';
import type { WorkRow } from './work-row.js';

/** The payload of a BullMQ job: the id of a row that may be due. */
export interface WakeUp {
  readonly id: string;
}

/**
 * Wakes workers with BullMQ jobs. A job only means that a row may be due, so duplicate, stalled and lost jobs are
 * harmless. While Redis is unavailable, no call waits for it.
 */
export class WakeUps {
  private readonly queues: ReadonlyMap<string, Queue<WakeUp>>;

  constructor(
    private readonly link: RedisLink,
    private readonly settings: WorkQueueSettings,
    queues: readonly Queue<WakeUp>[],
  ) {
    this.queues = new Map(queues.map((queue) => [queue.name, queue]));
    for (const queue of queues) queue.on('error', (error) => link.reportError(error));
  }

  /** False while Redis is unavailable. */
  get isUsable(): boolean {
    return this.link.isUsable;
  }

  /** Adds a job for each row. Never rejects: the sweeper finds rows whose wake-up was lost. */
  async add(rows: readonly WorkRow[]): Promise<void> {
    // BullMQ, and therefore the caller, would wait until Redis is available again.
    if (!this.isUsable) return;
    const now = this.settings.now().getTime();
    const byQueue = Map.groupBy(rows, (row) => row.queue);
    for (const [name, group] of byQueue) {
      const jobs = group.map((row) => ({
        name: row.kind,
        data: { id: row._id },
        opts: {
          jobId: toWakeUpId(row),
          delay: Math.max(0, row.dueAt.getTime() - now),
          removeOnComplete: true,
          removeOnFail: true,
        },
      }));
      try {
        await this.queues.get(name)?.addBulk(jobs);
      } catch (error) {
        this.link.reportError(error);
      }
    }
  }

  async close(): Promise<void> {
    await Promise.allSettled([...this.queues.values()].map((queue) => queue.close()));
  }
}
