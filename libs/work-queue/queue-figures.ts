import { Inject, Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection, mongo } from 'mongoose';
import { WORK_QUEUE_SETTINGS, type WorkQueueSettings } from './options.js';
import { workRowsOf, type WorkRow } from './work-row.js';

/** The work of one queue by where it stands. */
export interface QueueFigure {
  readonly queue: string;
  /** Scheduled for later. */
  readonly waiting: number;
  /** Due, and begun by nobody. */
  readonly due: number;
  readonly running: number;
  /** Given up. */
  readonly failed: number;
  readonly oldestDueMs: number;
}

/** Counting stops here: a full queue is seen, and looking at it stays cheap. */
const MOST_COUNTED = 10_000;

interface Group {
  readonly _id: string;
  readonly count: number;
  readonly oldest: Date;
}

/** How much work waits in each of an app's queues. */
@Injectable()
export class QueueFigures {
  private readonly rows: mongo.Collection<WorkRow>;

  constructor(
    @InjectConnection() connection: Connection,
    @Inject(WORK_QUEUE_SETTINGS) private readonly settings: WorkQueueSettings,
  ) {
    this.rows = workRowsOf(connection);
  }

  /** Every queue of the app, also an empty one. */
  async read(): Promise<QueueFigure[]> {
    const now = this.settings.now();
    const [due, waiting, running, failed] = await Promise.all([
      this.groups({ state: 'waiting', dueAt: { $lte: now } }),
      this.groups({ state: 'waiting', dueAt: { $gt: now } }),
      this.groups({ state: 'running' }),
      this.groups({ state: 'dead' }),
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

  /** The most urgent ones by their queue. */
  private async groups(filter: mongo.Filter<WorkRow>): Promise<ReadonlyMap<string, Group>> {
    const groups = await this.rows
      .aggregate<Group>([
        { $match: filter },
        { $sort: { state: 1, dueAt: 1 } },
        { $limit: MOST_COUNTED },
        { $group: { _id: '$queue', count: { $sum: 1 }, oldest: { $min: '$dueAt' } } },
      ])
      .toArray();
    return new Map(groups.map((group) => [group._id, group]));
  }
}
