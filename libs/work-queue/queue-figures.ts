import { Inject, Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection, mongo } from 'mongoose';
import { WORK_QUEUE_SETTINGS, type WorkQueueSettings } from './options.js';
import { getWorkCollection, type WorkRow } from './work-row.js';

/** The amount of work in one queue, by state. */
export interface QueueFigure {
  readonly queue: string;
  /** Scheduled for later. */
  readonly waiting: number;
  /** Due and not started. */
  readonly due: number;
  readonly running: number;
  /** Dead: all attempts failed. */
  readonly failed: number;
  /** Milliseconds since the earliest due time of the due work; 0 when no work is due. */
  readonly oldestDueMs: number;
}

/** Counts at most this many rows, so that reading the figures of a long queue stays cheap. */
const MAX_COUNTED_ROWS = 10_000;

interface QueueGroup {
  readonly _id: string;
  readonly count: number;
  readonly oldest: Date;
}

/** Counts the work in each queue of an app. */
@Injectable()
export class QueueFigures {
  private readonly rows: mongo.Collection<WorkRow>;

  constructor(
    @InjectConnection() connection: Connection,
    @Inject(WORK_QUEUE_SETTINGS) private readonly settings: WorkQueueSettings,
  ) {
    this.rows = getWorkCollection(connection);
  }

  /** @returns the figures of every queue of the app, including empty ones */
  async read(): Promise<QueueFigure[]> {
    const now = this.settings.now();
    const [due, waiting, running, failed] = await Promise.all([
      this.groupByQueue({ state: 'waiting', dueAt: { $lte: now } }),
      this.groupByQueue({ state: 'waiting', dueAt: { $gt: now } }),
      this.groupByQueue({ state: 'running' }),
      this.groupByQueue({ state: 'dead' }),
    ]);
    return [...this.settings.queues.keys()].map((queue) => ({
      queue,
      waiting: waiting.get(queue)?.count ?? 0,
      due: due.get(queue)?.count ?? 0,
      running: running.get(queue)?.count ?? 0,
      failed: failed.get(queue)?.count ?? 0,
      oldestDueMs: Math.max(0, now.getTime() - (due.get(queue)?.oldest ?? now).getTime()),
    }));
  }

  /** Counts the matching rows by queue. Counts only the earliest due rows when there are more than the limit. */
  private async groupByQueue(filter: mongo.Filter<WorkRow>): Promise<ReadonlyMap<string, QueueGroup>> {
    const groups = await this.rows
      .aggregate<QueueGroup>([
        { $match: filter },
        { $sort: { state: 1, dueAt: 1 } },
        { $limit: MAX_COUNTED_ROWS },
        { $group: { _id: '$queue', count: { $sum: 1 }, oldest: { $min: '$dueAt' } } },
      ])
      .toArray();
    return new Map(groups.map((group) => [group._id, group]));
  }
}
