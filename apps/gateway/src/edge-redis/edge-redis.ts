import { randomUUID } from 'node:crypto';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import { GatewayConfig } from '../config/config.module.js';
import { CHARGE_SCRIPT, DELETE_IF_EQUAL_SCRIPT } from './edge-scripts.js';

/** Part of the version of every cache entry. Entries of another epoch are not served. */
export const EPOCH_KEY = 'edge:epoch';
/** If commands are pending and Redis sends no reply for a whole interval, the connection is reset and they fail. */
const HANG_CHECK_INTERVAL_MS = 400;

/** Redis is unavailable, hangs, or has not started a new epoch yet. Callers continue without it. */
export class EdgeRedisUnavailable extends Error {
  constructor() {
    super('Redis is unavailable.');
    this.name = 'EdgeRedisUnavailable';
  }
}

/** Redis with custom commands, defined as Lua scripts. */
export interface EdgeClient extends Redis {
  /** Charges rate limits; see `CHARGE_SCRIPT`. */
  charge(keyCount: number, ...keysAndArguments: (string | number)[]): Promise<number[]>;
  /** Deletes a key if it still has this value. */
  deleteIfEqual(key: string, value: string): Promise<unknown>;
}

/**
 * The Redis connection of rate limits, the read cache, and markers of requests in flight. The gateway also works
 * without it. While Redis is unavailable, commands fail immediately instead of being queued.
 *
 * Each connection starts a new epoch, and a failed invalidation forces a new connection. Entries of earlier epochs are
 * never served again. A Redis that restarts with old data, or that missed invalidations during an outage, therefore
 * never serves an outdated entry.
 */
@Injectable()
export class EdgeRedis implements OnApplicationShutdown {
  private readonly logger = new Logger('EdgeRedis');
  private readonly client: EdgeClient;
  private readonly hangCheck = setInterval(() => this.checkForHang(), HANG_CHECK_INTERVAL_MS).unref();
  private isReady = false;
  private isClosing = false;
  private sentCount = 0;
  private repliedCount = 0;
  private countsAtLastCheck = { sentCount: 0, repliedCount: 0 };

  constructor(config: GatewayConfig) {
    this.client = new Redis(config.REDIS_URL, {
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      connectTimeout: 2_000,
      maxRetriesPerRequest: 0,
      retryStrategy: (times) => Math.min(50 * 2 ** times, 1_000),
      scripts: { charge: { lua: CHARGE_SCRIPT }, deleteIfEqual: { lua: DELETE_IF_EQUAL_SCRIPT, numberOfKeys: 1 } },
    }) as EdgeClient;
    this.client.on('error', () => undefined);
    this.client.on('close', () => this.markUnavailable());
    this.client.on('ready', () => void this.startEpoch());
  }

  /** Whether Redis is connected and this connection has started an epoch. */
  get isUsable(): boolean {
    return this.isReady;
  }

  /** @throws EdgeRedisUnavailable */
  async execute<T>(command: (client: EdgeClient) => Promise<T>): Promise<T> {
    if (!this.isReady) throw new EdgeRedisUnavailable();
    this.sentCount += 1;
    try {
      return await command(this.client);
    } catch {
      throw new EdgeRedisUnavailable();
    } finally {
      this.repliedCount += 1;
    }
  }

  /**
   * Sets all values. If Redis does not confirm, the connection is reset, which starts a new epoch.
   * @param values each with its time to live in milliseconds
   */
  async setAllOrStartEpoch(values: readonly (readonly [key: string, value: string, ttlMs: number])[]): Promise<void> {
    // Without a connection there is nothing to do: the next connection starts a new epoch.
    if (!this.isReady || values.length === 0) return;
    await this.execute((client) => setAll(client, values)).catch(() => this.reconnect());
  }

  /** Runs a best-effort command and ignores its failure. */
  executeBestEffort(command: (client: EdgeClient) => Promise<unknown>): void {
    this.execute(command).catch(() => undefined);
  }

  onApplicationShutdown(): void {
    this.isClosing = true;
    clearInterval(this.hangCheck);
    this.client.disconnect();
  }

  private async startEpoch(): Promise<void> {
    try {
      await this.client.set(EPOCH_KEY, randomUUID());
      this.isReady = true;
      this.logger.log('Redis connected; serving cache and rate limits');
    } catch {
      this.reconnect();
    }
  }

  private checkForHang(): void {
    const { sentCount, repliedCount } = this.countsAtLastCheck;
    this.countsAtLastCheck = { sentCount: this.sentCount, repliedCount: this.repliedCount };
    if (!this.isReady || this.repliedCount > repliedCount || sentCount === repliedCount) return;
    // If this process was blocked, replies may have arrived but not been read yet. `setImmediate` lets it read them.
    setImmediate(() => {
      if (this.repliedCount === repliedCount) this.reconnect();
    });
  }

  private reconnect(): void {
    this.markUnavailable();
    if (!this.isClosing) this.client.disconnect(true);
  }

  private markUnavailable(): void {
    if (this.isReady && !this.isClosing) {
      this.logger.warn('Redis unavailable; reads bypass the cache, and each gateway counts its own requests');
    }
    this.isReady = false;
  }
}

/**
 * Sends all commands in one pipeline.
 * @throws the first error of a command
 */
async function setAll(
  client: EdgeClient,
  values: readonly (readonly [key: string, value: string, ttlMs: number])[],
): Promise<void> {
  const commands = values.map(([key, value, ttlMs]) => ['set', key, value, 'PX', ttlMs]);
  const results = (await client.pipeline(commands).exec()) ?? [];
  for (const [error] of results) if (error) throw error;
}
