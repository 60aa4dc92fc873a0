import { Inject, Injectable, Logger } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Connection, mongo } from 'mongoose';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { CodedError } from '#libs/contracts/kernel/index.js';
import { withTimeout, isDatabaseUnavailable } from '#libs/persistence/index.js';
import { ClaimedItem, toDoneUpdate, toPostponedUpdate, type ClaimedRow } from './claimed-item.js';
import { WORK_QUEUE_SETTINGS, type WorkQueueSettings } from './options.js';
import type { WorkHandlerFunction } from './work-handler.js';
import { decideAfterFailure, getOutageBackOffMs } from './work-policy.js';
import { getWorkCollection, type WorkFailure, type WorkRow } from './work-row.js';

/** A wake-up may arrive this much before the due time, because clocks differ. The executor then waits. */
const EARLY_TOLERANCE_MS = 1_000;

type Outcome = 'done' | 'retry' | 'postponed' | 'released' | 'dead' | 'lease_lost';

/** Claims due rows and runs their handlers. */
@Injectable()
export class WorkExecutor {
  private readonly logger = new Logger('Work');
  private readonly rows: mongo.Collection<WorkRow>;
  private readonly handlers = new Map<string, WorkHandlerFunction>();
  private readonly activeRuns = new Set<Promise<void>>();
  /** The number of running rows by queue. */
  private readonly runningCounts = new Map<string, number>();
  private readonly shutdown = new AbortController();

  constructor(
    @InjectConnection() connection: Connection,
    @Inject(WORK_QUEUE_SETTINGS) private readonly settings: WorkQueueSettings,
  ) {
    this.rows = getWorkCollection(connection);
  }

  /** @throws Error when the kind already has a handler, or the app does not declare the queue */
  registerHandler(queue: string, kind: string, handler: WorkHandlerFunction<never>): void {
    if (!this.settings.queues.has(queue))
      throw new Error(`Work handler for "${kind}": ${this.settings.app} declares no queue "${queue}".`);
    const key = `${queue}/${kind}`;
    if (this.handlers.has(key))
      throw new Error(`Work of kind "${kind}" in queue "${queue}" has two handlers; remove one.`);
    this.handlers.set(key, handler as WorkHandlerFunction);
  }

  /** Counts how many more rows of this queue the process may run at once. */
  countFreeSlots(queue: string): number {
    return (this.settings.queues.get(queue)?.concurrency ?? 0) - (this.runningCounts.get(queue) ?? 0);
  }

  /** Runs the row if it is due and not leased. Otherwise does nothing. Never rejects. */
  async run(rowId: string): Promise<void> {
    if (this.shutdown.signal.aborted) return;
    const work = this.claimAndRun(rowId).catch((error: unknown) => {
      // The app is stopping, or the claim failed. The lease expires, and the sweeper finds the row.
      this.logger.error(error, `Cannot claim or settle work ${rowId}.`);
    });
    this.activeRuns.add(work);
    await work.finally(() => this.activeRuns.delete(work));
  }

  /** Signals the handlers to stop. Resolves when they have stopped, or after `graceMs`. */
  async stop(graceMs: number): Promise<void> {
    this.shutdown.abort();
    await Promise.race([Promise.all(this.activeRuns), delay(graceMs, undefined, { ref: false })]);
  }

  private async claimAndRun(rowId: string): Promise<void> {
    const row = (await this.claim(rowId)) ?? (await this.waitAndClaim(rowId));
    if (!row) return;
    this.runningCounts.set(row.queue, (this.runningCounts.get(row.queue) ?? 0) + 1);
    try {
      await this.execute(row);
    } finally {
      this.runningCounts.set(row.queue, (this.runningCounts.get(row.queue) ?? 1) - 1);
    }
  }

  /**
   * Claims the row by a compare-and-set on its state and lease, so that only one worker succeeds. The database's clock
   * decides when a lease has expired.
   */
  private async claim(rowId: string): Promise<ClaimedRow | null> {
    const token = randomUUID();
    const due = { state: 'waiting' as const, dueAt: { $lte: this.settings.now() } };
    const abandoned = { state: 'running' as const, $expr: { $lte: ['$lease.until', '$$NOW'] } };
    const update = {
      state: 'running',
      attempts: { $add: ['$attempts', 1] },
      lease: { token, until: { $add: ['$$NOW', this.settings.tuning.leaseMs] } },
    };
    const options = { returnDocument: 'after' as const };
    const claimed = this.rows.findOneAndUpdate({ _id: rowId, $or: [due, abandoned] }, [{ $set: update }], options);
    return (await withTimeout(claimed)) as ClaimedRow | null;
  }

  private async waitAndClaim(rowId: string): Promise<ClaimedRow | null> {
    const waiting = this.rows.findOne({ _id: rowId, state: 'waiting' }, { projection: { dueAt: 1 } });
    const row = await withTimeout(waiting);
    const earlyMs = row ? row.dueAt.getTime() - this.settings.now().getTime() : Infinity;
    if (earlyMs > EARLY_TOLERANCE_MS) return null;
    await delay(Math.max(0, earlyMs));
    return this.claim(rowId);
  }

  private async execute(row: ClaimedRow): Promise<void> {
    const { queue, kind } = row;
    const started = performance.now();
    const lateMs = this.settings.now().getTime() - row.dueAt.getTime();
    this.settings.observer.workStarted(queue, kind, Math.max(0, lateMs));
    const leaseLost = new AbortController();
    const renewal = setInterval(() => void this.renew(row, leaseLost), this.settings.tuning.leaseMs / 3);
    const parent = propagation.extract(context.active(), row.trace);
    const span = trace
      .getTracer('delauto.work-queue')
      .startSpan(
        `work ${queue}/${kind}`,
        { kind: SpanKind.CONSUMER, attributes: { 'delauto.work.key': row.key } },
        parent,
      );
    let outcome: Outcome;
    try {
      const signal = AbortSignal.any([leaseLost.signal, this.shutdown.signal]);
      outcome = await context.with(trace.setSpan(parent, span), () => this.handle(row, signal));
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: String(error) });
      outcome = isDatabaseUnavailable(error) ? await this.release(row, error) : await this.fail(row, error);
    } finally {
      clearInterval(renewal);
      span.end();
    }
    this.settings.observer.workEnded(queue, kind, outcome, performance.now() - started);
  }

  private async handle(row: ClaimedRow, signal: AbortSignal): Promise<Outcome> {
    const backOff = this.settings.queues.get(row.queue)?.backOffMs ?? [];
    if (row.attempts > backOff.length + 1) {
      throw new CodedError(
        'worker_died',
        `The process died while running this work, last at attempt ${row.attempts - 1}.`,
      );
    }
    const handler = this.handlers.get(`${row.queue}/${row.kind}`);
    if (!handler)
      throw new CodedError('no_handler', `No handler for work of kind "${row.kind}" in queue "${row.queue}".`);
    const item = new ClaimedItem(this.rows, row, this.settings.now);
    const result = await handler(item, { signal });
    if (item.settled) return item.settled;
    const isSettled = await this.settle(
      row,
      result ? toPostponedUpdate(result.retryAt) : toDoneUpdate(this.settings.now()),
    );
    return isSettled ? (result ? 'postponed' : 'done') : 'lease_lost';
  }

  private async fail(row: ClaimedRow, error: unknown): Promise<Outcome> {
    const now = this.settings.now();
    const failure = toFailure(error, now);
    const nextState = decideAfterFailure(row.attempts, now, this.settings.queues.get(row.queue)?.backOffMs ?? []);
    if (!(await this.settle(row, { $set: { ...nextState, lease: null, failure } }))) return 'lease_lost';
    const { queue, key, attempts } = row;
    if (nextState.state === 'dead')
      this.logger.error(
        error,
        `Work ${queue}/${key} is dead after ${attempts} attempts: ${failure.code}: ${failure.message}`,
      );
    else
      this.logger.warn(
        `Work ${queue}/${key}: attempt ${attempts} failed; retrying at ${nextState.dueAt.toISOString()}: ${failure.code}: ${failure.message}`,
      );
    return nextState.state === 'dead' ? 'dead' : 'retry';
  }

  /** Releases the row when the database was unavailable to the handler, and reverts the attempt. */
  private async release(row: ClaimedRow, error: unknown): Promise<Outcome> {
    this.logger.warn(`Database unavailable; work ${row._id} waits: ${String(error)}`);
    const update = { $set: { state: 'waiting' as const, lease: null }, $inc: { attempts: -1 } };
    return (await this.settle(row, update, true)) ? 'released' : 'lease_lost';
  }

  /**
   * Writes the new state of the row. Waits while the database is unavailable.
   * @param wasUnavailable whether the database was already unavailable to the handler
   * @returns whether this process still held the lease
   */
  private async settle(row: ClaimedRow, update: mongo.UpdateFilter<WorkRow>, wasUnavailable = false): Promise<boolean> {
    const item = new ClaimedItem(this.rows, row, this.settings.now);
    for (let failures = 0; ; failures += 1) {
      try {
        if (await item.settle(update)) return true;
        if (wasUnavailable || failures > 0) await this.decrementAttempts(row);
        return false;
      } catch (error) {
        if (this.shutdown.signal.aborted || !isDatabaseUnavailable(error)) throw error;
        this.logger.warn(`Cannot settle work ${row._id}; retrying: ${String(error)}`);
        await delay(getOutageBackOffMs(failures), undefined, { signal: this.shutdown.signal }).catch(() => undefined);
      }
    }
  }

  /**
   * Reverts one attempt of the other worker, which claimed the row because the lease expired during the outage. The
   * process of this worker did not die, so the outage must not use up an attempt.
   */
  private async decrementAttempts({ _id, attempts }: ClaimedRow): Promise<void> {
    await withTimeout(this.rows.updateOne({ _id, attempts: { $gt: attempts } }, { $inc: { attempts: -1 } }));
  }

  private async renew(row: ClaimedRow, leaseLost: AbortController): Promise<void> {
    const held = { _id: row._id, state: 'running' as const, 'lease.token': row.lease.token };
    const until = [{ $set: { 'lease.until': { $add: ['$$NOW', this.settings.tuning.leaseMs] } } }];
    try {
      const result = await withTimeout(this.rows.updateOne(held, until));
      if (result.matchedCount === 0) leaseLost.abort();
    } catch (error) {
      this.logger.warn(`Cannot renew the lease of work ${row._id}: ${String(error)}`);
    }
  }
}

function toFailure(error: unknown, at: Date): WorkFailure {
  if (!(error instanceof Error)) return { code: 'not_an_error', message: String(error).slice(0, 2_000), at };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return { code, message: error.message.slice(0, 2_000), at };
}
