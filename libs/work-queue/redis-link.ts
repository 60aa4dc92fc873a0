import { Inject, Injectable, Logger } from '@nestjs/common';
import { Redis, type RedisOptions } from 'ioredis';
import { setTimeout as delay } from 'node:timers/promises';
import { WORK_QUEUE_SETTINGS, type WorkQueueSettings } from './options.js';

/** A Redis that owes an answer and says nothing for so long is frozen: the connection is given up and made anew. */
const SILENCE_MS = 2_000;
const FIRST_CONNECTION_MS = 1_000;

/** A connection that is lost is made anew for as long as the app runs. */
export const RECONNECTING = {
  maxRetriesPerRequest: null,
  retryStrategy: (times: number): number => Math.min(50 * times, 1_000),
} satisfies RedisOptions;

/** The connection by which hints are given, and whether anything can be given by it. */
@Injectable()
export class RedisLink {
  private readonly logger = new Logger('Hints');
  /** Shared by the queues; it never waits for a Redis that is away. */
  readonly client: Redis;
  private troubled = false;

  constructor(@Inject(WORK_QUEUE_SETTINGS) settings: WorkQueueSettings) {
    this.client = new Redis(settings.redisUrl, {
      ...RECONNECTING,
      enableOfflineQueue: false,
      socketTimeout: SILENCE_MS,
    });
    this.client.on('error', (error) => this.complain(error));
    this.client.on('ready', () => this.recovered());
  }

  /** False while hints cannot be given. A Redis that froze is noticed after two seconds. */
  get isUsable(): boolean {
    return this.client.status === 'ready';
  }

  /** Resolves when Redis is there, or soon anyway. */
  async firstConnection(): Promise<void> {
    if (this.isUsable) return;
    const ready = new Promise<void>((resolve) => this.client.once('ready', () => resolve()));
    await Promise.race([ready, delay(FIRST_CONNECTION_MS, undefined, { ref: false })]);
  }

  /** Whether Redis answers. Does not wait for one that is away. */
  async ping(): Promise<boolean> {
    return this.isUsable && (await this.client.ping()) === 'PONG';
  }

  /** As `ping`, but a Redis that is frozen is not waited for either. */
  async answersSoon(): Promise<boolean> {
    const silence = delay(SILENCE_MS, false, { ref: false });
    return Promise.race([this.ping().catch(() => false), silence]);
  }

  /** Once a trouble, not once a retry. */
  complain(error: unknown): void {
    if (!this.troubled)
      this.logger.warn(`Redis is in trouble; due work is found by the sweeper meanwhile: ${String(error)}`);
    this.troubled = true;
  }

  disconnect(): void {
    this.client.disconnect();
  }

  private recovered(): void {
    if (this.troubled) this.logger.log('Redis is back.');
    this.troubled = false;
  }
}
