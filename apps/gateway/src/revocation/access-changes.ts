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
  private readonly recentChanges = new Map<string, { readonly change: AccessChange; readonly receivedAt: number }>();
  private stream: ReturnType<AccessChangeRepository['watch']> | undefined;
  private followLoop: Promise<void> | undefined;
  private isStopped = false;
  private receivedUntil: Date;
  private receivedCount = 0;
  private isFollowing = false;

  readonly changes: Observable<AccessChange> = this.subject.asObservable();

  constructor(
    private readonly repository: AccessChangeRepository,
    private readonly clock: Clock,
  ) {
    this.receivedUntil = this.clock.now();
  }

  async onModuleInit(): Promise<void> {
    await new Promise<void>((onFirstAttempt) => {
      this.followLoop = this.follow(onFirstAttempt);
    });
  }

  async onModuleDestroy(): Promise<void> {
    this.isStopped = true;
    await this.stream?.close().catch(() => undefined);
    await this.followLoop;
    this.subject.complete();
  }

  /** False while changes of other gateways would be missed. Credentials must not be cached then. */
  get isListening(): boolean {
    return this.isFollowing;
  }

  /** The number of changes received so far. If two reads return the same number, no change arrived in between. */
  get receivedChangeCount(): number {
    return this.receivedCount;
  }

  /**
   * Stores the change. This gateway applies it after the commit, other gateways when their change stream delivers it.
   */
  async record(change: AccessChange, tx: Transaction): Promise<void> {
    const row = await this.repository.add(change, this.clock.now(), tx);
    tx.afterCommit(() => this.apply(row));
  }

  /** Whether this identity's access changed so recently that caches may be outdated. */
  changedRecently(identity: Identity): boolean {
    if (this.recentChanges.size === 0) return false;
    this.evictOld();
    return [...this.recentChanges.values()].some(({ change }) => affects(change, identity));
  }

  /** @param onFirstAttempt called after the first attempt to listen, whether or not it succeeded */
  private async follow(onFirstAttempt: () => void): Promise<void> {
    while (!this.isStopped) {
      const stream = this.repository.watch();
      this.stream = stream;
      try {
        const firstEvent = stream.next();
        // The loop below awaits `firstEvent`. Without this handler, an earlier failure would be an unhandled rejection.
        firstEvent.catch(() => undefined);
        // After the server's first reply, no change is missed. `tryNext` would wait up to one second for a
        // second reply.
        await Promise.race([once(stream, 'resumeTokenChanged'), firstEvent]);
        await this.catchUp();
        this.isFollowing = true;
        onFirstAttempt();
        for (let event = await firstEvent; ; event = await stream.next())
          this.apply(toRecordedChange(event.fullDocument));
      } catch (error) {
        if (this.isFollowing) this.receivedUntil = this.clock.now();
        this.isFollowing = false;
        if (!this.isStopped)
          this.logger.warn(`Change stream of access changes failed; credentials are not cached: ${String(error)}`);
      } finally {
        onFirstAttempt();
        await stream.close().catch(() => undefined);
      }
      if (!this.isStopped) await delay(RECONNECT_DELAY_MS);
    }
  }

  private async catchUp(): Promise<void> {
    const from = Math.min(this.receivedUntil.getTime(), this.clock.now().getTime()) - RECENT_MS;
    for (const row of (await this.repository.findSince(new Date(from))).reverse()) this.apply(row);
  }

  private apply({ id, change }: RecordedChange): void {
    this.evictOld();
    if (this.recentChanges.has(id)) return;
    this.recentChanges.set(id, { change, receivedAt: this.clock.now().getTime() });
    this.receivedCount += 1;
    this.subject.next(change);
  }

  private evictOld(): void {
    const oldest = this.clock.now().getTime() - 2 * RECENT_MS;
    for (const [id, { receivedAt }] of this.recentChanges) {
      if (receivedAt >= oldest) return;
      this.recentChanges.delete(id);
    }
  }
}
