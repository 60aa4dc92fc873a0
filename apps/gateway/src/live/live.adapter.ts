import type { INestApplication } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { createAdapter } from '@socket.io/redis-streams-adapter';
import { Redis } from 'ioredis';
import type { Server, ServerOptions } from 'socket.io';

/** Lets several gateways be one: what one of them emits to a room reaches the sockets of all, through a Redis stream. */
export class LiveAdapter extends IoAdapter {
  private readonly redis: Redis;

  constructor(app: INestApplication, redisUrl: string) {
    super(app);
    this.redis = new Redis(redisUrl, { maxRetriesPerRequest: null, enableOfflineQueue: true });
    // Without Redis sockets here are still told; ioredis reconnects by itself and reports through the commands.
    this.redis.on('error', () => undefined);
  }

  override createIOServer(port: number, options?: ServerOptions): Server {
    const server = super.createIOServer(port, options);
    server.adapter(createAdapter(this.redis, { streamName: 'delauto.live', maxLen: 10_000 }));
    return server;
  }

  override async close(server: Server): Promise<void> {
    await super.close(server);
    this.redis.disconnect();
  }
}
