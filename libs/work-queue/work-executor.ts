import { Inject, Injectable, Logger } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Connection, mongo } from 'mongoose';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { CodedError } from '#libs/contracts/kernel/index.js';
import { answerInTime, isDatabaseUnavailable } from '#libs/persistence/index.js';
import { ClaimedItem, finished, putOff, type Claimed } from './claimed-item.js';
import { WORK_QUEUE_SETTINGS, type WorkQueueSettings } from './options.js';
import type { WorkHandlerFunction } from './work-handler.js';
import { afterFailure, outagePause } from './work-policy.js';
import { workRowsOf, type WorkFailure, type WorkRow } from './work-row.js';

/** A hint that comes this early waits; clocks are not that exact. */
const EARLY_MS = 1_000;
const tracer = trace.getTracer('delauto.work-queue');

type Outcome = 'done' | 'retry' | 'postponed' | 'released' | 'dead' | 'lease_lost';

/** Claims rows and runs their handlers. */
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
    this.rows = workRowsOf(connection);
  }

  /** @throws Error when the kind has a handler, or the queue was not declared */
  registerHandler(queue: string, kind: string, handler: WorkHandlerFunction<never>): void {
    if (!this.settings.queues.has(queue))
      throw new Error(`Work handler for "${kind}": ${this.settings.app} declares no queue "${queue}".`);
    const key = `${queue}/${kind}`;
    if (this.handlers.has(key))
      throw new Error(`Work of kind "${kind}" in queue "${queue}" has two handlers; one is right.`);
    this.handlers.set(key, handler as WorkHandlerFunction);
  }

  /** How many more pieces of this queue's work this process may begin. */
  free(queue: string): number {
    return (this.settings.queues.get(queue)?.concurrency ?? 0) - (this.running.get(queue) ?? 0);
  }

  /** Runs the row if it is due and nobody has it; otherwise does nothing. Never rejects. */
  async run(rowId: string): Promise<void> {
    if (this.shutdown.signal.aborted) return;
    const work = this.claimAndRun(rowId).catch((error: unknown) => {
      // The app stops, or the claim itself failed: the lease expires, and the sweeper finds the row.
      this.logger.error(error, `Work ${rowId} could not be claimed or settled.`);
    });
    this.active.add(work);
    await work.finally(() => this.active.delete(work));
  }

  /** Asks the handlers to stop; resolves when they have. */
  async stop(graceMs: number): Promise<void> {
    this.shutdown.abort();
    await Promise.race([Promise.all(this.active), delay(graceMs, undefined, { ref: false })]);
  }

  private async claimAndRun(rowId: string): Promise<void> {
    const row = (await this.claim(rowId)) ?? (await this.claimSoon(rowId));
    if (!row) return;
    this.running.set(row.queue, (this.running.get(row.queue) ?? 0) + 1);
    try {
      await this.perform(row);
    } finally {
      this.running.set(row.queue, (this.running.get(row.queue) ?? 1) - 1);
    }
  }

  /** Compare-and-set on state and lease: of all who try, one gets it. The database's clock judges leases. */
  private async claim(rowId: string): Promise<Claimed | null> {
    const token = randomUUID();
    const due = { state: 'waiting' as const, dueAt: { $lte: this.settings.now() } };
    const abandoned = { state: 'running' as const, $expr: { $lte: ['$lease.until', '$$NOW'] } };
    const taken = {
      state: 'running',
      attempts: { $add: ['$attempts', 1] },
      lease: { token, until: { $add: ['$$NOW', this.settings.tuning.leaseMs] } },
    };
    const options = { returnDocument: 'after' as const };
    const claimed = this.rows.findOneAndUpdate({ _id: rowId, $or: [due, abandoned] }, [{ $set: taken }], options);
    return (await answerInTime(claimed)) as Claimed | null;
  }

  private async claimSoon(rowId: string): Promise<Claimed | null> {
    const waiting = this.rows.findOne({ _id: rowId, state: 'waiting' }, { projection: { dueAt: 1 } });
    const row = await answerInTime(waiting);
    const early = row ? row.dueAt.getTime() - this.settings.now().getTime() : Infinity;
    if (early > EARLY_MS) return null;
    await delay(Math.max(0, early));
    return this.claim(rowId);
  }

  private async perform(row: Claimed): Promise<void> {
    const { queue, kind } = row;
    const started = performance.now();
    const lateMs = this.settings.now().getTime() - row.dueAt.getTime();
    this.settings.observer.workStarted(queue, kind, Math.max(0, lateMs));
    const lost = new AbortController();
    const renewal = setInterval(() => void this.renew(row, lost), this.settings.tuning.leaseMs / 3);
    const parent = propagation.extract(context.active(), row.trace);
    const span = tracer.startSpan(
      `work ${queue}/${kind}`,
      { kind: SpanKind.CONSUMER, attributes: { 'delauto.work.key': row.key } },
      parent,
    );
    let outcome: Outcome;
    try {
      const signal = AbortSignal.any([lost.signal, this.shutdown.signal]);
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
      throw new CodedError('worker_died', `Its process died, the last time at attempt ${row.attempts - 1}.`);
    }
    const handler = this.handlers.get(`${row.queue}/${row.kind}`);
    if (!handler)
      throw new CodedError('no_handler', `No handler for work of kind "${row.kind}" in queue "${row.queue}".`);
    const item = new ClaimedItem(this.rows, row, this.settings.now);
    const result = await handler(item, { signal });
    if (item.settled) return item.settled;
    const settled = await this.settle(row, result ? putOff(result.retryAt) : finished(this.settings.now()));
    return settled ? (result ? 'postponed' : 'done') : 'lease_lost';
  }

  private async fail(row: Claimed, error: unknown): Promise<Outcome> {
    const now = this.settings.now();
    const failure = failureOf(error, now);
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
        `Work ${queue}/${key}: attempt ${attempts} failed, again at ${next.dueAt.toISOString()}: ${failure.code}: ${failure.message}`,
      );
    return next.state === 'dead' ? 'dead' : 'retry';
  }

  /** The database was unavailable to the handler: no fault of the work, and no attempt at it. */
  private async release(row: Claimed, error: unknown): Promise<Outcome> {
    this.logger.warn(`Work ${row._id} waits for the database: ${String(error)}`);
    const again = { $set: { state: 'waiting' as const, lease: null }, $inc: { attempts: -1 } };
    return (await this.settle(row, again, true)) ? 'released' : 'lease_lost';
  }

  /**
   * Writes what became of the row, and waits for the database where it is unavailable.
   * @param metOutage whether the database was unavailable before
   * @returns whether the lease still held
   */
  private async settle(row: Claimed, update: mongo.UpdateFilter<WorkRow>, metOutage = false): Promise<boolean> {
    const item = new ClaimedItem(this.rows, row, this.settings.now);
    for (let tries = 0; ; tries += 1) {
      try {
        if (await item.settle(update)) return true;
        if (metOutage || tries > 0) await this.discount(row);
        return false;
      } catch (error) {
        if (this.shutdown.signal.aborted || !isDatabaseUnavailable(error)) throw error;
        this.logger.warn(`Work ${row._id} cannot be settled yet: ${String(error)}`);
        await delay(outagePause(tries), undefined, { signal: this.shutdown.signal }).catch(() => undefined);
      }
    }
  }

  /** The lease expired because the database was unavailable, and another worker claimed the row: nobody died of it. */
  private async discount({ _id, attempts }: Claimed): Promise<void> {
    await answerInTime(this.rows.updateOne({ _id, attempts: { $gt: attempts } }, { $inc: { attempts: -1 } }));
  }

  private async renew(row: Claimed, lost: AbortController): Promise<void> {
    const held = { _id: row._id, state: 'running' as const, 'lease.token': row.lease.token };
    const until = [{ $set: { 'lease.until': { $add: ['$$NOW', this.settings.tuning.leaseMs] } } }];
    try {
      const result = await answerInTime(this.rows.updateOne(held, until));
      if (result.matchedCount === 0) lost.abort();
    } catch (error) {
      this.logger.warn(`The lease of work ${row._id} cannot be renewed: ${String(error)}`);
    }
  }
}

function failureOf(error: unknown, at: Date): WorkFailure {
  if (!(error instanceof Error)) return { code: 'not_an_error', message: String(error).slice(0, 2_000), at };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return { code, message: error.message.slice(0, 2_000), at };
}
