import type { INestApplication } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { createAdapter } from '@socket.io/redis-streams-adapter';
import { Redis, type RedisOptions } from 'ioredis';
import type { Server, ServerOptions } from 'socket.io';

/** Keeps hold of the connections the adapter opens beside the first: it closes them late, or never where Redis is away. */
class TrackedRedis extends Redis {
  private readonly copies: Redis[] = [];

  override duplicate(override?: Partial<RedisOptions>): Redis {
    const copy = super.duplicate(override);
    copy.on('error', () => undefined);
    this.copies.push(copy);
    return copy;
  }

  disconnectAll(): void {
    for (const connection of [this, ...this.copies]) connection.disconnect();
  }
}

/** Lets several gateways be one: what one of them emits to a room reaches the sockets of all, through a Redis stream. */
export class LiveAdapter extends IoAdapter {
  private readonly redis: TrackedRedis;

  constructor(app: INestApplication, redisUrl: string) {
    super(app);
    this.redis = new TrackedRedis(redisUrl, { maxRetriesPerRequest: null });
    // Without Redis the sockets of this gateway are still told, and the inbox is the truth; ioredis reconnects by itself.
    this.redis.on('error', () => undefined);
  }

  override createIOServer(port: number, options?: ServerOptions): Server {
    const server = super.createIOServer(port, options);
    server.adapter(createAdapter(this.redis, { streamName: 'delauto.live', maxLen: 10_000 }));
    return server;
  }

  override async close(server: Server): Promise<void> {
    await super.close(server);
    this.redis.disconnectAll();
  }
}
