import { randomUUID } from 'node:crypto';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import { GatewayConfig } from '../config/config.module.js';
import { CHARGE_SCRIPT, FORGET_SCRIPT } from './edge-scripts.js';

/** Part of the version of every cached answer: what was cached in another epoch is not served. */
export const EPOCH_KEY = 'edge:epoch';
/** A Redis that was silent for one whole beat, and owes answers, hangs: what waits for it goes on without it. */
const BEAT_MS = 400;

/** Redis is away, hangs, or is not to be trusted yet. Whoever asked goes on without it. */
export class EdgeRedisUnavailable extends Error {
  constructor() {
    super('Redis cannot be asked now.');
    this.name = 'EdgeRedisUnavailable';
  }
}

/** Redis with our own commands. */
export interface EdgeClient extends Redis {
  charge(keyCount: number, ...keysAndArguments: (string | number)[]): Promise<number[]>;
  /** Deletes a key that still has this value. */
  forget(key: string, value: string): Promise<unknown>;
}

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
  private readonly beating = setInterval(() => this.beat(), BEAT_MS).unref();
  private usable = false;
  private closing = false;
  private asked = 0;
  private answered = 0;
  private atLastBeat = { asked: 0, answered: 0 };

  constructor(config: GatewayConfig) {
    this.client = new Redis(config.REDIS_URL, {
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      connectTimeout: 2_000,
      maxRetriesPerRequest: 0,
      retryStrategy: (times) => Math.min(50 * 2 ** times, 1_000),
      scripts: { charge: { lua: CHARGE_SCRIPT }, forget: { lua: FORGET_SCRIPT, numberOfKeys: 1 } },
    }) as EdgeClient;
    this.client.on('error', () => undefined);
    this.client.on('close', () => this.lost());
    this.client.on('ready', () => void this.startEpoch());
  }

  get isUsable(): boolean {
    return this.usable;
  }

  /** @throws EdgeRedisUnavailable */
  async ask<T>(question: (client: EdgeClient) => Promise<T>): Promise<T> {
    if (!this.usable) throw new EdgeRedisUnavailable();
    this.asked += 1;
    try {
      return await question(this.client);
    } catch {
      throw new EdgeRedisUnavailable();
    } finally {
      this.answered += 1;
    }
  }

  /**
   * Sets values, all of them or, where Redis does not say that it did, a new epoch as soon as it is back.
   * @param values with their time to live in ms
   */
  async setOrStartAnew(values: readonly (readonly [key: string, value: string, ms: number])[]): Promise<void> {
    // Without a connection there is nothing to do: the next one starts a new epoch.
    if (!this.usable || values.length === 0) return;
    await this.ask((client) => setAll(client, values)).catch(() => this.connectAnew());
  }

  /** For what may as well not happen. */
  tryTo(work: (client: EdgeClient) => Promise<unknown>): void {
    this.ask(work).catch(() => undefined);
  }

  onApplicationShutdown(): void {
    this.closing = true;
    clearInterval(this.beating);
    this.client.disconnect();
  }

  private async startEpoch(): Promise<void> {
    try {
      await this.client.set(EPOCH_KEY, randomUUID());
      this.usable = true;
      this.logger.log('Redis serves the cache and the rate limits.');
    } catch {
      this.connectAnew();
    }
  }

  private beat(): void {
    const { asked, answered } = this.atLastBeat;
    this.atLastBeat = { asked: this.asked, answered: this.answered };
    if (!this.usable || this.answered > answered || asked === answered) return;
    // It may be we who were busy: what has arrived meanwhile is read first.
    setImmediate(() => {
      if (this.answered === answered) this.connectAnew();
    });
  }

  private connectAnew(): void {
    this.lost();
    if (!this.closing) this.client.disconnect(true);
  }

  private lost(): void {
    if (this.usable && !this.closing) {
      this.logger.warn('Redis is away: reads go to their owners, and each gateway counts its own requests.');
    }
    this.usable = false;
  }
}

/** In one piece, however many. */
async function setAll(
  client: EdgeClient,
  values: readonly (readonly [key: string, value: string, ms: number])[],
): Promise<void> {
  const commands = values.map(([key, value, ms]) => ['set', key, value, 'PX', ms]);
  const results = (await client.pipeline(commands).exec()) ?? [];
  for (const [error] of results) if (error) throw error;
}
