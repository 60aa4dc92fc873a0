import type { INestApplication } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { createAdapter } from '@socket.io/redis-streams-adapter';
import type { Server, ServerOptions } from 'socket.io';
import { GatewayConfig, listOf } from '../config/config.module.js';
import { HandshakeGate } from './handshake-gate.js';
import { LiveFigures } from './live-figures.js';
import { LiveRedis } from './live-redis.js';

/** The largest request is a token of 4,000 characters. */
const MOST_BYTES = 16 * 1024;
/** A connection that says nothing for so long was never meant. */
const CONNECT_TIMEOUT_MS = 10_000;

/** Lets several gateways be one: what one of them emits to a room reaches the sockets of all, through a Redis stream. */
export class LiveAdapter extends IoAdapter {
  private readonly redis: LiveRedis;
  private readonly gate: HandshakeGate;
  private readonly figures: LiveFigures;

  constructor(app: INestApplication) {
    super(app);
    const config = app.get(GatewayConfig);
    this.redis = new LiveRedis(config.REDIS_URL);
    this.gate = new HandshakeGate({
      perMinute: config.LIVE_HANDSHAKES_PER_MINUTE,
      origins: listOf(config.CORS_ORIGINS),
      proxies: listOf(config.TRUSTED_PROXIES),
    });
    this.figures = app.get(LiveFigures);
  }

  override createIOServer(port: number, options?: ServerOptions): Server {
    const server = super.createIOServer(port, {
      ...options,
      // Long polling would need each of its requests at the same gateway, and a body parser of its own.
      transports: ['websocket'],
      allowUpgrades: false,
      serveClient: false,
      perMessageDeflate: false,
      maxHttpBufferSize: MOST_BYTES,
      connectTimeout: CONNECT_TIMEOUT_MS,
      allowRequest: (request, decide) => {
        const refusal = this.gate.refusal(request);
        if (refusal !== undefined) this.figures.refused(refusal);
        decide(refusal, refusal === undefined);
      },
    } satisfies Partial<ServerOptions> as ServerOptions);
    server.adapter(createAdapter(this.redis, { streamName: 'delauto.live', maxLen: 10_000 }));
    return server;
  }

  override async close(server: Server): Promise<void> {
    await super.close(server);
    this.redis.disconnectAll();
  }
}
