import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import type { Subscription } from 'rxjs';
import { LIVE_EVENTS, type ClosingReason } from '#libs/contracts/index.js';
import { Clock } from '#libs/clock/clock.js';
import { type AccessChange, AccessChanges, concerns } from '../revocation/revocation.module.js';
import { LiveFigures } from './live-figures.js';
import { holderOf, type LiveSocket } from './live-socket.js';
import { boundOutgoing, terminate } from './slow-reader.js';

/** A person with two phones and a browser fits; a runaway reconnect loop does not. */
const MOST_SOCKETS_EACH = 5;
const WARNED_BEFORE_MS = 60_000;
const SWEEP_MS = 1_000;
/** So long the reason has to arrive before the connection is cut. */
const GRACE_MS = 2_000;

const ADVICE: Readonly<Record<ClosingReason, string>> = {
  expired: 'The token has expired: connect with a new one.',
  revoked: 'Access has ended: sign in again.',
  replaced: 'Another connection of the same identity took this one’s place.',
  slow_reader: 'Too much waited unread: connect again and replay.',
  flooding: 'Too many requests after being told to wait: connect again, slower.',
  shutdown: 'This gateway stops: connect again.',
};

/** The open sockets of this gateway: how many an identity has, until when each may stay, and how each ends. */
@Injectable()
export class LiveSessions implements OnModuleDestroy {
  private readonly logger = new Logger('Live');
  private readonly byHolder = new Map<string, Set<LiveSocket>>();
  private readonly sweeper: NodeJS.Timeout;
  private readonly revocations: Subscription;

  constructor(
    private readonly changes: AccessChanges,
    private readonly figures: LiveFigures,
    private readonly clock: Clock,
  ) {
    this.sweeper = setInterval(() => this.endExpired(), SWEEP_MS).unref();
    this.revocations = changes.changes.subscribe((change) => this.endRevoked(change));
  }

  onModuleDestroy(): void {
    clearInterval(this.sweeper);
    this.revocations.unsubscribe();
  }

  add(socket: LiveSocket): void {
    const holder = holderOf(socket.data.session.identity);
    const own = this.byHolder.get(holder) ?? new Set();
    this.byHolder.set(holder, own.add(socket));
    this.figures.opened();
    for (const oldest of own) {
      if (own.size <= MOST_SOCKETS_EACH) break;
      this.end(oldest, 'replaced');
    }
    boundOutgoing(socket, () => this.end(socket, 'slow_reader'));
    // Heard between the proof and now, when the socket was in no list yet.
    const { changesHeard, identity } = socket.data.session;
    if (this.changes.changesHeard !== changesHeard && this.changes.changedLately(identity)) this.end(socket, 'revoked');
  }

  remove(socket: LiveSocket): void {
    if (this.forget(socket)) this.figures.closed();
  }

  /** Tells why, and closes. Whoever does not take the reason in is cut off soon after. */
  end(socket: LiveSocket, reason: ClosingReason): void {
    const { session } = socket.data;
    if (session.closing) return;
    session.closing = true;
    this.figures.ended(reason);
    this.remove(socket);
    for (const room of socket.rooms) if (room !== socket.id) void socket.leave(room);
    const { event } = LIVE_EVENTS.closing;
    (socket as { emit(event: string, payload: object): boolean }).emit(event, { reason, message: ADVICE[reason] });
    this.logger.log({ holder: holderOf(session.identity), reason }, 'A socket is closed');
    // A close waits until everything is sent; from a slow reader it would wait for ever.
    if (reason !== 'slow_reader') socket.disconnect(true);
    setTimeout(() => terminate(socket), GRACE_MS).unref();
  }

  endAll(reason: ClosingReason): void {
    for (const own of this.byHolder.values()) for (const socket of own) this.end(socket, reason);
  }

  /** Revocation is at once, on every gateway: each hears of the change by itself. */
  private endRevoked(change: AccessChange): void {
    for (const own of this.byHolder.values()) {
      for (const socket of own) if (concerns(change, socket.data.session.identity)) this.end(socket, 'revoked');
    }
  }

  private endExpired(): void {
    const now = this.clock.now().getTime();
    for (const own of this.byHolder.values()) {
      for (const socket of own) {
        const { session } = socket.data;
        if (session.expiresAt <= now) this.end(socket, 'expired');
        else if (!session.warned && session.expiresAt - now <= WARNED_BEFORE_MS) this.warn(socket);
      }
    }
  }

  private warn(socket: LiveSocket): void {
    const { session } = socket.data;
    session.warned = true;
    const at = new Date(session.expiresAt).toISOString();
    (socket as { emit(event: string, payload: object): boolean }).emit(LIVE_EVENTS.expiring.event, { at });
  }

  private forget(socket: LiveSocket): boolean {
    const holder = holderOf(socket.data.session.identity);
    const own = this.byHolder.get(holder);
    if (!own?.delete(socket)) return false;
    if (own.size === 0) this.byHolder.delete(holder);
    return true;
  }
}
