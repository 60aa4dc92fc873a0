import { Module } from '@nestjs/common';
import { Readiness } from '#libs/health/probes.js';
import { EdgeRedis } from './edge-redis.js';

export { EdgeRedis, EPOCH_KEY } from './edge-redis.js';

/** The Redis connection of the cache and the rate limits. The gateway also serves without it. */
@Module({ providers: [EdgeRedis], exports: [EdgeRedis] })
export class EdgeRedisModule {
  constructor(redis: EdgeRedis, readiness: Readiness) {
    const check = (): Promise<boolean> => redis.execute(async (client) => (await client.ping()) === 'PONG');
    readiness.add({ name: 'redis', check }, 'degrading');
  }
}
