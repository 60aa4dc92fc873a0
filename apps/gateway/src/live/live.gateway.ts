import { Logger } from '@nestjs/common';
import { WebSocketGateway, WebSocketServer, type OnGatewayInit } from '@nestjs/websockets';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import { AdmitSocket } from './admit-socket.js';
import { NotAdmitted } from './authenticate-member.js';
import { LiveFigures } from './live-figures.js';
import { LiveRequests, refused, type LiveAnswer } from './live-requests.js';
import { LiveSessions } from './live-sessions.js';
import type { LiveServer, LiveSocket } from './live-socket.js';

/** After so many refusals in a row the client does not listen: it is closed. */
const MOST_REFUSED_IN_A_ROW = 100;

/**
 * The live channel. What is sent here is only a hint: an agent's messages lie in the inbox, and after a reconnect the
 * application asks for everything after the last sequence it has.
 *
 * Every packet of a client goes through one middleware instead of a Nest handler for each event: those subscribe anew for
 * every socket, which costs several times what the socket itself does, and leave unknown events without an answer.
 */
@WebSocketGateway()
export class LiveGateway implements OnGatewayInit, BeforeApplicationShutdown {
  private readonly logger = new Logger('Live');
  @WebSocketServer() readonly server!: LiveServer;

  constructor(
    private readonly admit: AdmitSocket,
    private readonly sessions: LiveSessions,
    private readonly requests: LiveRequests,
    private readonly figures: LiveFigures,
  ) {}

  afterInit(server: LiveServer): void {
    server.use((socket, next) => {
      this.admit.execute(socket).then(
        () => next(),
        (error: unknown) => {
          const code = error instanceof NotAdmitted ? error.code : 'unavailable';
          if (!(error instanceof NotAdmitted)) this.logger.error(error, 'A handshake failed');
          this.figures.refused(code);
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
    // The packet ends here: it is answered, and no listener needs to hear of it.
    socket.use((packet: unknown[]) => void this.take(socket, packet));
  }

  private async take(socket: LiveSocket, packet: unknown[]): Promise<void> {
    const { session } = socket.data;
    if (session.closing) return;
    const [event, body] = packet;
    const last = packet.at(-1);
    const acknowledge = typeof last === 'function' ? (last as (answer: LiveAnswer) => void) : undefined;
    const known = typeof event === 'string' && this.requests.isKnown(event) ? event : undefined;
    const retryAfterMs = session.requests.take(performance.now());
    let answer: LiveAnswer;
    if (retryAfterMs > 0) {
      answer = refused('rate_limited', `Too many requests: wait ${retryAfterMs} ms.`, { retryAfterMs });
      session.refusedInARow += 1;
      if (session.refusedInARow > MOST_REFUSED_IN_A_ROW) this.sessions.end(socket, 'flooding');
    } else {
      session.refusedInARow = 0;
      answer = await this.requests.answer(socket, known ?? '', body === acknowledge ? undefined : body);
    }
    this.figures.answered(known ?? 'unknown', answer.ok ? 'ok' : answer.code);
    acknowledge?.(answer);
  }
}
