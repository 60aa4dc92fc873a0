import { randomUUID } from 'node:crypto';
import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import { GatewayConfig } from '../gateway.config.js';
import { EDGE_SCRIPT, EPOCH_KEY } from './edge-script.js';

/** What Redis has not answered by then is done without it. */
const PATIENCE_MS = 250;
/** After a silence Redis is not asked for so long: a hanging one must not slow every request. */
const REST_MS = 1_000;

/** Redis is away, hangs, or is not to be trusted yet. Whoever asked goes on without it. */
export class EdgeRedisAway extends Error {
  constructor() {
    super('Redis cannot be asked now.');
    this.name = 'EdgeRedisAway';
  }
}

/** Redis with our own two commands. */
export interface EdgeClient extends Redis {
  edgeBuffer(keyCount: number, ...keysAndArguments: (string | number)[]): Promise<unknown[]>;
  /** Deletes a key that still has this value. */
  forget(key: string, value: string): Promise<unknown>;
}

const FORGET_SCRIPT = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`;

/**
 * The gateway's own connection to Redis, for what only makes it fast or fair: rate limits, the read cache, markers of
 * requests in flight. Nothing is queued while Redis is away, and nothing waits long.
 *
 * Each time it connects, and again after it could not say that a cached answer is out of date, it starts a new epoch: answers
 * cached before are never served again, wherever they are kept. So a Redis that comes back with yesterday's data,
 * or without the invalidations of an outage, tells nothing old.
 */
@Injectable()
export class EdgeRedis implements OnApplicationShutdown {
  private readonly logger = new Logger('EdgeRedis');
  private readonly client: EdgeClient;
  private usable = false;
  private restUntil = 0;
  private closing = false;

  constructor(@Inject(GatewayConfig) config: GatewayConfig) {
    this.client = new Redis(config.REDIS_URL, {
      enableOfflineQueue: false,
      enableAutoPipelining: true,
      autoResendUnfulfilledCommands: false,
      commandTimeout: PATIENCE_MS,
      connectTimeout: 2_000,
      maxRetriesPerRequest: 0,
      retryStrategy: (times) => Math.min(50 * 2 ** times, 1_000),
      scripts: { edge: { lua: EDGE_SCRIPT }, forget: { lua: FORGET_SCRIPT, numberOfKeys: 1 } },
    }) as EdgeClient;
    this.client.on('error', () => undefined);
    this.client.on('close', () => this.lost());
    this.client.on('ready', () => void this.startEpoch());
  }

  get isUsable(): boolean {
    return this.usable && performance.now() >= this.restUntil;
  }

  /** @throws EdgeRedisAway */
  edge(keys: readonly string[], args: readonly (string | number)[]): Promise<unknown[]> {
    return this.ask((client) => client.edgeBuffer(keys.length, ...keys, ...args));
  }

  /** @throws EdgeRedisAway */
  async ask<T>(question: (client: EdgeClient) => Promise<T>): Promise<T> {
    if (!this.isUsable) throw new EdgeRedisAway();
    try {
      return await question(this.client);
    } catch (error) {
      this.failed(error);
      throw new EdgeRedisAway();
    }
  }

  /**
   * Sets values, all of them or, where Redis cannot say that it did, the epoch anew as soon as it is back.
   * @param values with their time to live in ms
   */
  async setOrStartAnew(values: readonly (readonly [key: string, value: string, ms: number])[]): Promise<void> {
    // Without a connection there is nothing to do: the next one starts a new epoch.
    if (!this.usable) return;
    try {
      await Promise.all(values.map(([key, value, ms]) => this.client.set(key, value, 'PX', ms)));
    } catch (error) {
      this.failed(error);
      this.usable = false;
      if (!this.closing) this.client.disconnect(true);
    }
  }

  /** For what may as well not happen. */
  tryTo(work: (client: EdgeClient) => Promise<unknown>): void {
    if (this.isUsable) work(this.client).catch((error: unknown) => this.failed(error));
  }

  onApplicationShutdown(): void {
    this.closing = true;
    this.client.disconnect();
  }

  private async startEpoch(): Promise<void> {
    try {
      await this.client.set(EPOCH_KEY, randomUUID());
      this.usable = true;
      this.restUntil = 0;
      this.logger.log('Redis serves the cache and the rate limits.');
    } catch {
      if (!this.closing) this.client.disconnect(true);
    }
  }

  private lost(): void {
    if (this.usable && !this.closing)
      this.logger.warn('Redis is away: reads go to their owners, limits count here only.');
    this.usable = false;
  }

  private failed(error: unknown): void {
    if (this.isUsable)
      this.logger.warn(`Redis did not answer: ${error instanceof Error ? error.message : String(error)}`);
    this.restUntil = performance.now() + REST_MS;
  }
}
