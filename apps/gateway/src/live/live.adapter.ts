import type { INestApplication } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { createAdapter } from '@socket.io/redis-streams-adapter';
import type { Server, ServerOptions } from 'socket.io';
import { GatewayConfig, parseCommaList } from '../config/config.module.js';
import { HandshakeGate } from './handshake-gate.js';
import { LiveMetrics } from './live-metrics.js';
import { LiveRedis } from './live-redis.js';

/** The largest request is a token of 4,000 characters. */
const MAX_PACKET_BYTES = 16 * 1024;
/** A connection that does not join a namespace within this time is closed. */
const CONNECT_TIMEOUT_MS = 10_000;

/** Connects the gateways through a Redis stream: an event emitted to a room reaches its sockets on every gateway. */
export class LiveAdapter extends IoAdapter {
  private readonly redis: LiveRedis;
  private readonly gate: HandshakeGate;
  private readonly metrics: LiveMetrics;

  constructor(app: INestApplication) {
    super(app);
    const config = app.get(GatewayConfig);
    this.redis = new LiveRedis(config.REDIS_URL);
    this.gate = new HandshakeGate({
      perMinute: config.LIVE_HANDSHAKES_PER_MINUTE,
      origins: parseCommaList(config.CORS_ORIGINS),
      proxies: parseCommaList(config.TRUSTED_PROXIES),
    });
    this.metrics = app.get(LiveMetrics);
  }

  override createIOServer(port: number, options?: ServerOptions): Server {
    const server = super.createIOServer(port, {
      ...options,
      // Long polling would need sticky sessions and its own body parser.
      transports: ['websocket'],
      allowUpgrades: false,
      serveClient: false,
      perMessageDeflate: false,
      maxHttpBufferSize: MAX_PACKET_BYTES,
      connectTimeout: CONNECT_TIMEOUT_MS,
      allowRequest: (request, decide) => {
        const refusal = this.gate.findRefusal(request);
        if (refusal !== undefined) this.metrics.countRefusedHandshake(refusal);
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
