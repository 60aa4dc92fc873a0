import { Logger } from '@nestjs/common';
import { WebSocketGateway, WebSocketServer, type OnGatewayInit } from '@nestjs/websockets';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import { AdmitSocket } from './admit-socket.js';
import { NotAdmitted } from './authenticate-member.js';
import { LiveMetrics } from './live-metrics.js';
import { LiveRequests, toLiveRefusal, type LiveReply } from './live-requests.js';
import { LiveSessions } from './live-sessions.js';
import type { LiveServer, LiveSocket } from './live-socket.js';

/** A client that ignores this many consecutive refusals is disconnected. */
const MAX_CONSECUTIVE_REFUSALS = 100;

/**
 * The live channel. Its events are only wake-ups (ADR 7): an agent's messages are stored in the inbox, and after a
 * reconnect the application requests all messages after the last sequence it has.
 *
 * Every client packet goes through one middleware instead of a Nest handler for each event. Nest handlers subscribe
 * again for every socket, which costs several times as much as the socket itself, and do not reply to unknown events.
 */
@WebSocketGateway()
export class LiveGateway implements OnGatewayInit, BeforeApplicationShutdown {
  private readonly logger = new Logger('Live');
  @WebSocketServer() readonly server!: LiveServer;

  constructor(
    private readonly admitSocket: AdmitSocket,
    private readonly sessions: LiveSessions,
    private readonly requests: LiveRequests,
    private readonly metrics: LiveMetrics,
  ) {}

  afterInit(server: LiveServer): void {
    server.use((socket, next) => {
      this.admitSocket.execute(socket).then(
        () => next(),
        (error: unknown) => {
          const code = error instanceof NotAdmitted ? error.code : 'unavailable';
          if (!(error instanceof NotAdmitted)) this.logger.error(error, 'Socket handshake failed');
          this.metrics.countRefusedHandshake(code);
          next(new Error(code));
        },
      );
    });
    server.on('connection', (socket) => this.serve(socket));
  }

  beforeApplicationShutdown(): void {
    this.sessions.endAll('shutdown');
  }

  private serve(socket: LiveSocket): void {
    this.sessions.add(socket);
    socket.on('disconnect', () => this.sessions.remove(socket));
    // The middleware replies to the packet itself and never calls `next`, so no listener receives it.
    socket.use((packet: unknown[]) => void this.handlePacket(socket, packet));
  }

  private async handlePacket(socket: LiveSocket, packet: unknown[]): Promise<void> {
    const { session } = socket.data;
    if (session.isClosing) return;
    const [event, body] = packet;
    const lastArgument = packet.at(-1);
    const acknowledge = typeof lastArgument === 'function' ? (lastArgument as (reply: LiveReply) => void) : undefined;
    const knownEvent = typeof event === 'string' && this.requests.isKnown(event) ? event : undefined;
    const retryAfterMs = session.requestBucket.take(performance.now());
    let reply: LiveReply;
    if (retryAfterMs > 0) {
      reply = toLiveRefusal('rate_limited', `Too many requests: wait ${retryAfterMs} ms.`, { retryAfterMs });
      session.consecutiveRefusals += 1;
      if (session.consecutiveRefusals > MAX_CONSECUTIVE_REFUSALS) this.sessions.end(socket, 'flooding');
    } else {
      session.consecutiveRefusals = 0;
      reply = await this.requests.handle(socket, knownEvent ?? '', body === acknowledge ? undefined : body);
    }
    this.metrics.countRequest(knownEvent ?? 'unknown', reply.ok ? 'ok' : reply.code);
    acknowledge?.(reply);
  }
}
