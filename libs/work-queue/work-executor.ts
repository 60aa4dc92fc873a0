import { Inject, Injectable, Logger } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Connection, mongo } from 'mongoose';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { CodedError } from '#libs/contracts/kernel/index.js';
import { withTimeout, isDatabaseUnavailable } from '#libs/persistence/index.js';
import { ClaimedItem, toDoneUpdate, toPostponedUpdate, type Claimed } from './claimed-item.js';
import { WORK_QUEUE_SETTINGS, type WorkQueueSettings } from './options.js';
import type { WorkHandlerFunction } from './work-handler.js';
import { afterFailure, outagePause } from './work-policy.js';
import { workCollection, type WorkFailure, type WorkRow } from './work-row.js';

/** A wake-up may arrive this much before the due time, because clocks differ. The executor then waits. */
const EARLY_TOLERANCE_MS = 1_000;

type Outcome = 'done' | 'retry' | 'postponed' | 'released' | 'dead' | 'lease_lost';

/** Claims due rows and runs their handlers. */
@Injectable()
export class WorkExecutor {
  private readonly logger = new Logger('Work');
  private readonly rows: mongo.Collection<WorkRow>;
  private readonly handlers = new Map<string, WorkHandlerFunction>();
  private readonly active = new Set<Promise<void>>();
  private readonly running = new Map<string, number>();
  private readonly shutdown = new AbortController();

  constructor(
    @InjectConnection() connection: Connection,
    @Inject(WORK_QUEUE_SETTINGS) private readonly settings: WorkQueueSettings,
  ) {
    this.rows = workCollection(connection);
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

  /** How many more rows of this queue the process may run at once. */
  freeSlots(queue: string): number {
    return (this.settings.queues.get(queue)?.concurrency ?? 0) - (this.running.get(queue) ?? 0);
  }

  /** Runs the row if it is due and not leased. Otherwise does nothing. Never rejects. */
  async run(rowId: string): Promise<void> {
    if (this.shutdown.signal.aborted) return;
    const work = this.claimAndRun(rowId).catch((error: unknown) => {
      // The app is stopping, or the claim failed. The lease expires, and the sweeper finds the row.
      this.logger.error(error, `Cannot claim or settle work ${rowId}.`);
    });
    this.active.add(work);
    await work.finally(() => this.active.delete(work));
  }

  /** Signals the handlers to stop. Resolves when they have stopped, or after `graceMs`. */
  async stop(graceMs: number): Promise<void> {
    this.shutdown.abort();
    await Promise.race([Promise.all(this.active), delay(graceMs, undefined, { ref: false })]);
  }

  private async claimAndRun(rowId: string): Promise<void> {
    const row = (await this.claim(rowId)) ?? (await this.waitAndClaim(rowId));
    if (!row) return;
    this.running.set(row.queue, (this.running.get(row.queue) ?? 0) + 1);
    try {
      await this.execute(row);
    } finally {
      this.running.set(row.queue, (this.running.get(row.queue) ?? 1) - 1);
    }
  }

  /**
   * Compare-and-set on state and lease, so that one worker wins. The database's clock decides when a lease has expired.
   */
  private async claim(rowId: string): Promise<Claimed | null> {
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
    return (await withTimeout(claimed)) as Claimed | null;
  }

  private async waitAndClaim(rowId: string): Promise<Claimed | null> {
    const waiting = this.rows.findOne({ _id: rowId, state: 'waiting' }, { projection: { dueAt: 1 } });
    const row = await withTimeout(waiting);
    const earlyMs = row ? row.dueAt.getTime() - this.settings.now().getTime() : Infinity;
    if (earlyMs > EARLY_TOLERANCE_MS) return null;
    await delay(Math.max(0, earlyMs));
    return this.claim(rowId);
  }

  private async execute(row: Claimed): Promise<void> {
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

  private async handle(row: Claimed, signal: AbortSignal): Promise<Outcome> {
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
    const settled = await this.settle(
      row,
      result ? toPostponedUpdate(result.retryAt) : toDoneUpdate(this.settings.now()),
    );
    return settled ? (result ? 'postponed' : 'done') : 'lease_lost';
  }

  private async fail(row: Claimed, error: unknown): Promise<Outcome> {
    const now = this.settings.now();
    const failure = toFailure(error, now);
    const next = afterFailure(row.attempts, now, this.settings.queues.get(row.queue)?.backOffMs ?? []);
    if (!(await this.settle(row, { $set: { ...next, lease: null, failure } }))) return 'lease_lost';
    const { queue, key, attempts } = row;
    if (next.state === 'dead')
      this.logger.error(
        error,
        `Work ${queue}/${key} is dead after ${attempts} attempts: ${failure.code}: ${failure.message}`,
      );
    else
      this.logger.warn(
        `Work ${queue}/${key}: attempt ${attempts} failed; retrying at ${next.dueAt.toISOString()}: ${failure.code}: ${failure.message}`,
      );
    return next.state === 'dead' ? 'dead' : 'retry';
  }

  /** Releases the row when the database was unavailable to the handler. This does not count as an attempt. */
  private async release(row: Claimed, error: unknown): Promise<Outcome> {
    this.logger.warn(`Database unavailable; work ${row._id} waits: ${String(error)}`);
    const update = { $set: { state: 'waiting' as const, lease: null }, $inc: { attempts: -1 } };
    return (await this.settle(row, update, true)) ? 'released' : 'lease_lost';
  }

  /**
   * Writes the new state of the row. Waits while the database is unavailable.
   * @param wasUnavailable whether the database was already unavailable to the handler
   * @returns whether this process still held the lease
   */
  private async settle(row: Claimed, update: mongo.UpdateFilter<WorkRow>, wasUnavailable = false): Promise<boolean> {
    const item = new ClaimedItem(this.rows, row, this.settings.now);
    for (let tries = 0; ; tries += 1) {
      try {
        if (await item.settle(update)) return true;
        if (wasUnavailable || tries > 0) await this.decrementAttempts(row);
        return false;
      } catch (error) {
        if (this.shutdown.signal.aborted || !isDatabaseUnavailable(error)) throw error;
        this.logger.warn(`Cannot settle work ${row._id}; retrying: ${String(error)}`);
        await delay(outagePause(tries), undefined, { signal: this.shutdown.signal }).catch(() => undefined);
      }
    }
  }

  /**
   * Reverts the attempt of another worker, which claimed the row because the lease expired during the outage. No
   * process died, so the attempt must not count.
   */
  private async decrementAttempts({ _id, attempts }: Claimed): Promise<void> {
    await withTimeout(this.rows.updateOne({ _id, attempts: { $gt: attempts } }, { $inc: { attempts: -1 } }));
  }

  private async renew(row: Claimed, leaseLost: AbortController): Promise<void> {
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
