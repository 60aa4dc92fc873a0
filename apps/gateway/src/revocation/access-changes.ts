import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Subject, type Observable } from 'rxjs';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { affects, type AccessChange } from './access-change.js';
import { AccessChangeRepository, toRecordedChange, type RecordedChange } from './access-change.repository.js';
import type { Identity } from '../principals/principals.module.js';

/** For this time after a change, the affected identities are read only from the database, not from caches. */
const RECENT_MS = 120_000;
const RECONNECT_DELAY_MS = 500;

/**
 * Publishes access changes to every gateway immediately. A change is a document that is written in the transaction that
 * causes it, and each gateway follows the collection by a change stream. No change is lost between commit and
 * publication, even in a crash, and neither Redis nor NATS is needed.
 *
 * Subscribe to `changes` to end open connections, such as sockets. Each change is emitted once. Changes missed while
 * this gateway could not listen are emitted later.
 */
@Injectable()
export class AccessChanges implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger('Access');
  private readonly subject = new Subject<AccessChange>();
  private readonly recent = new Map<string, { readonly change: AccessChange; readonly receivedAt: number }>();
  private stream: ReturnType<AccessChangeRepository['watch']> | undefined;
  private following: Promise<void> | undefined;
  private stopped = false;
  private receivedUntil: Date;
  private count = 0;
  private listening = false;

  readonly changes: Observable<AccessChange> = this.subject.asObservable();

  constructor(
    private readonly rows: AccessChangeRepository,
    private readonly clock: Clock,
  ) {
    this.receivedUntil = this.clock.now();
  }

  async onModuleInit(): Promise<void> {
    await new Promise<void>((opened) => {
      this.following = this.follow(opened);
    });
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    await this.stream?.close().catch(() => undefined);
    await this.following;
    this.subject.complete();
  }

  /** False while changes of other gateways would be missed. Nothing may be cached then. */
  get isListening(): boolean {
    return this.listening;
  }

  /** The number of changes received so far. If two reads return the same number, no change arrived in between. */
  get receivedChangeCount(): number {
    return this.count;
  }

  /**
   * Stores the change. This gateway applies it after the commit, other gateways when their change stream delivers it.
   */
  async record(change: AccessChange, tx: Transaction): Promise<void> {
    const row = await this.rows.add(change, this.clock.now(), tx);
    tx.afterCommit(() => this.apply(row));
  }

  /** Whether this identity's access changed so recently that caches may be outdated. */
  changedRecently(identity: Identity): boolean {
    if (this.recent.size === 0) return false;
    this.evictOld();
    return [...this.recent.values()].some(({ change }) => affects(change, identity));
  }

  /** @param opened called after the first attempt to listen, whether or not it succeeded */
  private async follow(opened: () => void): Promise<void> {
    while (!this.stopped) {
      const stream = this.rows.watch();
      this.stream = stream;
      try {
        const first = stream.next();
        // The loop below awaits `first`. Without this handler, an earlier failure would be an unhandled rejection.
        first.catch(() => undefined);
        // After the server's first reply, no change is missed. `tryNext` would wait up to one second for a
        // second reply.
        await Promise.race([once(stream, 'resumeTokenChanged'), first]);
        await this.catchUp();
        this.listening = true;
        opened();
        for (let event = await first; ; event = await stream.next()) this.apply(toRecordedChange(event.fullDocument));
      } catch (error) {
        if (this.listening) this.receivedUntil = this.clock.now();
        this.listening = false;
        if (!this.stopped)
          this.logger.warn(`Change stream of access changes failed; credentials are not cached: ${String(error)}`);
      } finally {
        opened();
        await stream.close().catch(() => undefined);
      }
      if (!this.stopped) await delay(RECONNECT_DELAY_MS);
    }
  }

  private async catchUp(): Promise<void> {
    const from = Math.min(this.receivedUntil.getTime(), this.clock.now().getTime()) - RECENT_MS;
    for (const row of (await this.rows.since(new Date(from))).reverse()) this.apply(row);
  }

  private apply({ id, change }: RecordedChange): void {
    this.evictOld();
    if (this.recent.has(id)) return;
    this.recent.set(id, { change, receivedAt: this.clock.now().getTime() });
    this.count += 1;
    this.subject.next(change);
  }

  private evictOld(): void {
    const oldest = this.clock.now().getTime() - 2 * RECENT_MS;
    for (const [id, { receivedAt }] of this.recent) {
      if (receivedAt >= oldest) return;
      this.recent.delete(id);
    }
  }
}
