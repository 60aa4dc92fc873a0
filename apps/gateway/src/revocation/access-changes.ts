import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Subject, type Observable } from 'rxjs';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { concerns, type AccessChange } from './access-change.js';
import { AccessChangeRepository, recorded, type RecordedChange } from './access-change.repository.js';
import type { Identity } from '../principals/principals.module.js';

/** For so long after a change nothing but the database is asked about whom it concerns. */
const RECENT_MS = 120_000;
const REOPEN_MS = 500;

/**
 * What every gateway must hear at once: whose access has changed. A change is a row, written in the transaction of what
 * causes it, and each gateway follows the rows by a change stream: none can be lost between the commit and the telling,
 * whatever dies in between, and neither Redis nor the broker is needed for it.
 *
 * Subscribe to `changes` to end what is open, such as sockets. Each change is told once; after a time in which this gateway
 * could not listen, what it missed is told late.
 */
@Injectable()
export class AccessChanges implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger('Access');
  private readonly told = new Subject<AccessChange>();
  private readonly recent = new Map<string, { readonly change: AccessChange; readonly heardAt: number }>();
  private stream: ReturnType<AccessChangeRepository['watch']> | undefined;
  private following: Promise<void> | undefined;
  private stopped = false;
  private heardUntil: Date;
  private count = 0;
  private open = false;

  readonly changes: Observable<AccessChange> = this.told.asObservable();

  constructor(
    private readonly rows: AccessChangeRepository,
    private readonly clock: Clock,
  ) {
    this.heardUntil = this.clock.now();
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
    this.told.complete();
  }

  /** False while changes made elsewhere would not be heard: nothing may be remembered then. */
  get isListening(): boolean {
    return this.open;
  }

  /** Grows with every change: if it is what it was, nothing happened meanwhile. */
  get changesHeard(): number {
    return this.count;
  }

  /** Writes the change down; this gateway acts on it when the transaction has committed, the others when they hear of it. */
  async record(change: AccessChange, tx: Transaction): Promise<void> {
    const row = await this.rows.add(change, this.clock.now(), tx);
    tx.afterCommit(() => this.hear(row));
  }

  /** Whether this identity's access changed so lately that a cache may not know it. */
  changedLately(identity: Identity): boolean {
    if (this.recent.size === 0) return false;
    this.forgetOld();
    return [...this.recent.values()].some(({ change }) => concerns(change, identity));
  }

  /** @param opened called when the first try to listen is over, well or not */
  private async follow(opened: () => void): Promise<void> {
    while (!this.stopped) {
      const stream = this.rows.watch();
      this.stream = stream;
      try {
        const first = stream.next();
        // Awaited below; if the stream ends before, that is where it is told.
        first.catch(() => undefined);
        // The server's first answer: from here on nothing is missed. `tryNext` would wait for a second one, a whole second.
        await Promise.race([once(stream, 'resumeTokenChanged'), first]);
        await this.catchUp();
        this.open = true;
        opened();
        for (let event = await first; ; event = await stream.next()) this.hear(recorded(event.fullDocument));
      } catch (error) {
        if (this.open) this.heardUntil = this.clock.now();
        this.open = false;
        if (!this.stopped)
          this.logger.warn(`Changes of access are not heard now, so nothing is remembered: ${String(error)}`);
      } finally {
        opened();
        await stream.close().catch(() => undefined);
      }
      if (!this.stopped) await delay(REOPEN_MS);
    }
  }

  private async catchUp(): Promise<void> {
    const from = Math.min(this.heardUntil.getTime(), this.clock.now().getTime()) - RECENT_MS;
    for (const row of (await this.rows.since(new Date(from))).reverse()) this.hear(row);
  }

  private hear({ id, change }: RecordedChange): void {
    this.forgetOld();
    if (this.recent.has(id)) return;
    this.recent.set(id, { change, heardAt: this.clock.now().getTime() });
    this.count += 1;
    this.told.next(change);
  }

  private forgetOld(): void {
    const oldest = this.clock.now().getTime() - 2 * RECENT_MS;
    for (const [id, { heardAt }] of this.recent) {
      if (heardAt >= oldest) return;
      this.recent.delete(id);
    }
  }
}
