import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import { GatewayConfig } from '../config/config.module.js';
import type { SessionState } from './session-state.js';

/** Shorter than the time for which access changes are remembered, so that outdated entries are always detected. */
const TTL_SECONDS = 60;
const COMMAND_TIMEOUT_MS = 200;
/** After a timeout, Redis is not used for this time, so that an unresponsive Redis does not delay every request. */
const COOL_DOWN_MS = 1_000;

const toKey = (sessionId: string): string => `delauto:session:${sessionId}`;

/**
 * Caches sessions in Redis for all gateways. If Redis is unavailable or does not reply in time, sessions are read from
 * the database.
 */
@Injectable()
export class SessionCache implements OnApplicationShutdown {
  private readonly logger = new Logger('SessionCache');
  private readonly redis: Redis;
  private coolDownUntil = 0;

  constructor(config: GatewayConfig) {
    this.redis = new Redis(config.REDIS_URL, {
      enableOfflineQueue: false,
      commandTimeout: COMMAND_TIMEOUT_MS,
      maxRetriesPerRequest: 0,
      retryStrategy: (times) => Math.min(50 * 2 ** times, 1_000),
    });
    this.redis.on('error', () => undefined);
  }

  async find(sessionId: string): Promise<SessionState | undefined> {
    const text = await this.run((redis) => redis.get(toKey(sessionId)));
    return typeof text === 'string' ? (JSON.parse(text) as SessionState) : undefined;
  }

  async store(state: SessionState): Promise<void> {
    await this.run((redis) => redis.set(toKey(state.sessionId), JSON.stringify(state), 'EX', TTL_SECONDS));
  }

  onApplicationShutdown(): void {
    this.redis.disconnect();
  }

  private async run<T>(command: (redis: Redis) => Promise<T>): Promise<T | undefined> {
    if (this.redis.status !== 'ready' || performance.now() < this.coolDownUntil) return undefined;
    try {
      return await command(this.redis);
    } catch (error) {
      this.coolDownUntil = performance.now() + COOL_DOWN_MS;
      this.logger.warn(`Redis command failed; sessions are read from the database: ${String(error)}`);
      return undefined;
    }
  }
}
