import { Inject, Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { context, propagation } from '@opentelemetry/api';
import type { Connection, mongo } from 'mongoose';
import { createNotFoundError } from '#libs/contracts/kernel/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { WakeUps } from './wake-ups.js';
import { WORK_QUEUE_SETTINGS, type WorkQueueSettings } from './options.js';
import { toWorkId, getWorkCollection, type WorkRow, type WorkState } from './work-row.js';

/** Work to schedule. */
export interface NewWork {
  readonly queue: string;
  /** Selects the handler. */
  readonly kind: string;
  /** Unique within the queue until done work is removed (`doneRetentionDays`). */
  readonly key: string;
  readonly dueAt: Date;
  readonly payload: object;
  readonly organizationId: OrganizationId;
}

/** `scheduled`: created. `moved`: rescheduled while waiting. Otherwise the state because of which nothing changed. */
export type ScheduleResult = 'scheduled' | 'moved' | Exclude<WorkState, 'waiting'>;

/** Work whose last attempt failed, with the failure. */
export type DeadWork = Pick<WorkRow, 'queue' | 'kind' | 'key' | 'organizationId' | 'payload' | 'attempts' | 'failure'>;

/** Schedules work for a due time. Scheduled work survives crashes, and each key is completed once. */
@Injectable()
export class WorkQueue {
  private readonly rows: mongo.Collection<WorkRow>;

  constructor(
    private readonly wakeUps: WakeUps,
    @InjectConnection() connection: Connection,
    @Inject(WORK_QUEUE_SETTINGS) private readonly settings: WorkQueueSettings,
  ) {
    this.rows = getWorkCollection(connection);
  }

  /**
   * Schedules work in a transaction. Waiting work with the same key is moved: its due time, payload and kind are
   * replaced, and its attempts start again. Running, done and dead work stays unchanged.
   * @throws Error when the app does not declare the queue
   */
  async schedule(tx: Transaction, work: NewWork): Promise<ScheduleResult> {
    const { queue, kind, key, dueAt, payload, organizationId } = work;
    if (!this.settings.queues.has(queue))
      throw new Error(`${this.settings.app} has no queue "${queue}"; declare it in WorkQueueModule.forApp.`);
    const _id = toWorkId(queue, key);
    const { session } = tx;
    const trace: Record<string, string> = {};
    propagation.inject(context.active(), trace);
    const row: WorkRow = {
      _id,
      queue,
      kind,
      key,
      organizationId,
      payload,
      state: 'waiting',
      dueAt,
      moves: 0,
      attempts: 0,
      lease: null,
      failure: null,
      trace,
      createdAt: this.settings.now(),
    };
    // One round trip: a row that is not waiting is replaced by itself, which changes nothing. A waiting row must always
    // change, or the transaction would not conflict with a worker that claims the row meanwhile.
    const isNewOrWaiting = { $in: [{ $ifNull: ['$state', 'waiting'] }, ['waiting']] };
    const mergedFields = {
      createdAt: { $ifNull: ['$createdAt', row.createdAt] },
      moves: { $add: [{ $ifNull: ['$moves', -1] }, 1] },
    };
    const replacement = { $mergeObjects: [{ $literal: row }, mergedFields] };
    const existing = await this.rows.findOneAndUpdate(
      { _id },
      [{ $replaceWith: { $cond: [isNewOrWaiting, replacement, '$$ROOT'] } }],
      { upsert: true, returnDocument: 'before', session },
    );
    if (existing && existing.state !== 'waiting') return existing.state;
    tx.afterCommit(() => void this.wakeUps.add([row]));
    return existing ? 'moved' : 'scheduled';
  }

  /** Cancels waiting work. @returns false when the work does not exist, is running, done or dead */
  async cancel(tx: Transaction, { queue, key }: Pick<NewWork, 'queue' | 'key'>): Promise<boolean> {
    const { session } = tx;
    const result = await this.rows.deleteOne({ _id: toWorkId(queue, key), state: 'waiting' }, { session });
    return result.deletedCount === 1;
  }

  /** Lists dead work, earliest due time first. `limit`: default 50, maximum 500. */
  async listDead(filter: { readonly queue?: string; readonly limit?: number } = {}): Promise<DeadWork[]> {
    const query = { state: 'dead' as const, ...(filter.queue ? { queue: filter.queue } : {}) };
    return this.rows
      .find(query)
      .sort({ dueAt: 1 })
      .limit(Math.min(filter.limit ?? 50, 500))
      .toArray();
  }

  /** Makes dead work due now and resets its attempts. @throws CodedError `not_found` */
  async revive(queue: string, key: string): Promise<void> {
    const update = { $set: { state: 'waiting' as const, attempts: 0, dueAt: this.settings.now() } };
    const filter = { _id: toWorkId(queue, key), state: 'dead' as const };
    const row = await this.rows.findOneAndUpdate(filter, update, { returnDocument: 'after' });
    if (!row) throw createNotFoundError('dead work', toWorkId(queue, key));
    await this.wakeUps.add([row]);
  }
}
