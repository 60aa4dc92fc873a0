import { Inject, Injectable, Logger } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { randomUUID } from 'node:crypto';
import { withTimeout, Lease } from '#libs/persistence/index.js';
import { WakeUps } from './wake-ups.js';
import { WORK_QUEUE_SETTINGS, type WorkQueueSettings } from './options.js';
import { WorkExecutor } from './work-executor.js';
import { chooseSweepAction } from './work-policy.js';
import { getWorkCollection, type WorkRow } from './work-row.js';

/**
 * Finds due rows whose wake-ups were lost. Of an app's replicas, only the holder of the lease sweeps. Two concurrent
 * sweepers would be harmless, because they would only compete for the same rows.
 */
@Injectable()
export class Sweeper {
  private readonly logger = new Logger('Sweeper');
  private lease: Lease | null = null;
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> | null = null;

  constructor(
    private readonly wakeUps: WakeUps,
    private readonly executor: WorkExecutor,
    @InjectConnection() private readonly connection: Connection,
    @Inject(WORK_QUEUE_SETTINGS) private readonly settings: WorkQueueSettings,
  ) {}

  start(): void {
    const { sweepMs } = this.settings.tuning;
    this.lease = new Lease(this.connection, 'work-sweeper', randomUUID(), Math.max(3 * sweepMs, 1_000));
    this.timer = setInterval(() => {
      this.sweeping ??= this.sweep().finally(() => {
        this.sweeping = null;
      });
    }, sweepMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.sweeping;
    await this.lease?.release().catch(() => undefined);
  }

  private async sweep(): Promise<void> {
    try {
      if (!(await this.lease?.acquire())) {
        // Another replica holds the lease and reports the overdue work.
        this.settings.observer.workOverdue(0);
        return;
      }
      const now = this.settings.now();
      const rows = await this.findDueRows(now);
      this.settings.observer.workOverdue(rows.length);
      const { wakeUpAfterMs, runAfterMs } = this.settings.tuning;
      const thresholds = { wakeUpAfterMs, runAfterMs, canWake: this.wakeUps.isUsable };
      const rowsByAction = Map.groupBy(rows, (row) =>
        chooseSweepAction(now.getTime() - row.dueAt.getTime(), thresholds),
      );
      this.runDirectly(rowsByAction.get('run') ?? []);
      // Not awaited: Redis may become unavailable during the call, and the next sweep must not wait for it.
      void this.wakeUps.add(rowsByAction.get('wake') ?? []);
    } catch (error) {
      this.logger.warn(`Sweep failed; retrying: ${String(error)}`);
    }
  }

  private async findDueRows(now: Date): Promise<WorkRow[]> {
    const due = { state: 'waiting' as const, dueAt: { $lte: now } };
    const abandoned = { state: 'running' as const, $expr: { $lte: ['$lease.until', '$$NOW'] } };
    const { sweepLimit } = this.settings.tuning;
    const rows = getWorkCollection(this.connection)
      .find({ $or: [due, abandoned] })
      .sort({ dueAt: 1 })
      .limit(sweepLimit);
    return withTimeout(rows.toArray());
  }

  /** Runs rows up to the queue's concurrency. The next sweep finds the remaining rows. */
  private runDirectly(rows: readonly WorkRow[]): void {
    for (const [queue, group] of Map.groupBy(rows, (row) => row.queue)) {
      for (const row of group.slice(0, Math.max(0, this.executor.countFreeSlots(queue))))
        void this.executor.run(row._id);
    }
  }
}
