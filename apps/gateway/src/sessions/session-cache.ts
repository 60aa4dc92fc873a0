import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import { GatewayConfig } from '../config/config.module.js';
import type { SessionState } from './session-state.js';

/** Shorter than changes of access are remembered for: what it holds is not believed when something changed since. */
const KEPT_SECONDS = 60;
const PATIENCE_MS = 200;
/** After a silence Redis is not asked for so long: a hanging one must not slow every request. */
const REST_MS = 1_000;

const keyOf = (sessionId: string): string => `delauto:session:${sessionId}`;

/**
 * Sessions as Redis serves them to all gateways. Only a cache: without Redis, or without an answer in time, the session is
 * read from the database.
 */
@Injectable()
export class SessionCache implements OnApplicationShutdown {
  private readonly logger = new Logger('SessionCache');
  private readonly redis: Redis;
  private restUntil = 0;

  constructor(config: GatewayConfig) {
    this.redis = new Redis(config.REDIS_URL, {
      enableOfflineQueue: false,
      commandTimeout: PATIENCE_MS,
      maxRetriesPerRequest: 0,
      retryStrategy: (times) => Math.min(50 * 2 ** times, 1_000),
    });
    this.redis.on('error', () => undefined);
  }

  async find(sessionId: string): Promise<SessionState | undefined> {
    const text = await this.ask((redis) => redis.get(keyOf(sessionId)));
    return typeof text === 'string' ? (JSON.parse(text) as SessionState) : undefined;
  }

  async keep(state: SessionState): Promise<void> {
    await this.ask((redis) => redis.set(keyOf(state.sessionId), JSON.stringify(state), 'EX', KEPT_SECONDS));
  }

  onApplicationShutdown(): void {
    this.redis.disconnect();
  }

  private async ask<T>(question: (redis: Redis) => Promise<T>): Promise<T | undefined> {
    if (this.redis.status !== 'ready' || performance.now() < this.restUntil) return undefined;
    try {
      return await question(this.redis);
    } catch (error) {
      this.restUntil = performance.now() + REST_MS;
      this.logger.warn(`Redis did not answer; sessions are read from the database: ${String(error)}`);
      return undefined;
    }
  }
}
