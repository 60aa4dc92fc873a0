import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import type { Subscription } from 'rxjs';
import { LIVE_EVENTS, type ClosingReason } from '#libs/contracts/index.js';
import { Clock } from '#libs/clock/clock.js';
import { type AccessChange, AccessChanges, affects } from '../revocation/revocation.module.js';
import { LiveMetrics } from './live-metrics.js';
import { toHolderKey, type LiveSocket } from './live-socket.js';
import { limitOutgoingPackets, terminate } from './slow-reader.js';

/** Enough for a person with two phones and a browser; bounds a runaway reconnect loop. */
const MAX_SOCKETS_PER_HOLDER = 5;
/** How long before its token expires a client is warned. */
const EXPIRY_WARNING_MS = 60_000;
const SWEEP_INTERVAL_MS = 1_000;
/** Time for the closing event to arrive before the connection is terminated. */
const GRACE_MS = 2_000;

const CLOSING_MESSAGES: Readonly<Record<ClosingReason, string>> = {
  expired: 'The token has expired: connect with a new one.',
  revoked: 'Access has ended: sign in again.',
  replaced: 'Another connection of the same identity replaced this one.',
  slow_reader: 'Too many events were waiting unread: connect again and replay.',
  flooding: 'Too many requests despite rate limiting: connect again and send fewer.',
  shutdown: 'This gateway is shutting down: connect again.',
};

/** The open sockets of this gateway: limits them per identity, and closes them on expiry and revocation. */
@Injectable()
export class LiveSessions implements OnModuleDestroy {
  private readonly logger = new Logger('Live');
  private readonly socketsByHolder = new Map<string, Set<LiveSocket>>();
  private readonly sweeper: NodeJS.Timeout;
  private readonly revocations: Subscription;

  constructor(
    private readonly changes: AccessChanges,
    private readonly metrics: LiveMetrics,
    private readonly clock: Clock,
  ) {
    this.sweeper = setInterval(() => this.endExpired(), SWEEP_INTERVAL_MS).unref();
    this.revocations = changes.changes.subscribe((change) => this.endRevoked(change));
  }

  onModuleDestroy(): void {
    clearInterval(this.sweeper);
    this.revocations.unsubscribe();
  }

  add(socket: LiveSocket): void {
    const holder = toHolderKey(socket.data.session.identity);
    const sockets = this.socketsByHolder.get(holder) ?? new Set();
    this.socketsByHolder.set(holder, sockets.add(socket));
    this.metrics.countOpenedSocket();
    for (const oldest of sockets) {
      if (sockets.size <= MAX_SOCKETS_PER_HOLDER) break;
      this.end(oldest, 'replaced');
    }
    limitOutgoingPackets(socket, () => this.end(socket, 'slow_reader'));
    // A change may have arrived after the credential was verified, before the socket was registered here.
    const { receivedChangeCount, identity } = socket.data.session;
    if (this.changes.receivedChangeCount !== receivedChangeCount && this.changes.changedRecently(identity))
      this.end(socket, 'revoked');
  }

  remove(socket: LiveSocket): void {
    if (this.unregister(socket)) this.metrics.countClosedSocket();
  }

  /** Sends the reason and closes the socket. A client that does not read it is terminated after a grace period. */
  end(socket: LiveSocket, reason: ClosingReason): void {
    const { session } = socket.data;
    if (session.isClosing) return;
    session.isClosing = true;
    this.metrics.countEndedSocket(reason);
    this.remove(socket);
    for (const room of socket.rooms) if (room !== socket.id) void socket.leave(room);
    const { event } = LIVE_EVENTS.closing;
    (socket as { emit(event: string, payload: object): boolean }).emit(event, {
      reason,
      message: CLOSING_MESSAGES[reason],
    });
    this.logger.log({ holder: toHolderKey(session.identity), reason }, 'Socket closed');
    // `disconnect` waits until all packets are sent, which would be forever for a slow reader.
    if (reason !== 'slow_reader') socket.disconnect(true);
    setTimeout(() => terminate(socket), GRACE_MS).unref();
  }

  endAll(reason: ClosingReason): void {
    for (const sockets of this.socketsByHolder.values()) for (const socket of sockets) this.end(socket, reason);
  }

  /** Every gateway subscribes to access changes, so revocation is immediate on all gateways. */
  private endRevoked(change: AccessChange): void {
    for (const sockets of this.socketsByHolder.values()) {
      for (const socket of sockets) if (affects(change, socket.data.session.identity)) this.end(socket, 'revoked');
    }
  }

  private endExpired(): void {
    const now = this.clock.now().getTime();
    for (const sockets of this.socketsByHolder.values()) {
      for (const socket of sockets) {
        const { session } = socket.data;
        if (session.expiresAt <= now) this.end(socket, 'expired');
        else if (!session.isWarned && session.expiresAt - now <= EXPIRY_WARNING_MS) this.warn(socket);
      }
    }
  }

  private warn(socket: LiveSocket): void {
    const { session } = socket.data;
    session.isWarned = true;
    const at = new Date(session.expiresAt).toISOString();
    (socket as { emit(event: string, payload: object): boolean }).emit(LIVE_EVENTS.expiring.event, { at });
  }

  private unregister(socket: LiveSocket): boolean {
    const holder = toHolderKey(socket.data.session.identity);
    const sockets = this.socketsByHolder.get(holder);
    if (!sockets?.delete(socket)) return false;
    if (sockets.size === 0) this.socketsByHolder.delete(holder);
    return true;
  }
}
