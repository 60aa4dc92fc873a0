import { Inject, Injectable, Logger } from '@nestjs/common';
import { Redis, type RedisOptions } from 'ioredis';
import { setTimeout as delay } from 'node:timers/promises';
import { WORK_QUEUE_SETTINGS, type WorkQueueSettings } from './options.js';
import { clearSocketTimerOnClose } from './socket-timers.js';

/** When Redis does not reply to a command for this long, the client considers it frozen and reconnects. */
const SOCKET_TIMEOUT_MS = 2_000;
const CONNECT_TIMEOUT_MS = 1_000;

/** Reconnects without limit. */
export const RECONNECT_OPTIONS = {
  maxRetriesPerRequest: null,
  retryStrategy: (times: number): number => Math.min(50 * times, 1_000),
} satisfies RedisOptions;

/** The Redis connection that adds wake-ups, and its state. */
@Injectable()
export class RedisLink {
  private readonly logger = new Logger('Redis');
  /** Shared by the queues. Its commands fail at once while Redis is unavailable. */
  readonly client: Redis;
  private isFailing = false;

  constructor(@Inject(WORK_QUEUE_SETTINGS) settings: WorkQueueSettings) {
    this.client = new Redis(settings.redisUrl, {
      ...RECONNECT_OPTIONS,
      enableOfflineQueue: false,
      socketTimeout: SOCKET_TIMEOUT_MS,
    });
    clearSocketTimerOnClose(this.client);
    this.client.on('error', (error) => this.reportError(error));
    this.client.on('ready', () => this.onReady());
  }

  /** False while Redis is unavailable. Detecting a frozen Redis takes two seconds. */
  get isUsable(): boolean {
    return this.client.status === 'ready';
  }

  /** Resolves when Redis is connected, or after one second. */
  async whenFirstConnected(): Promise<void> {
    if (this.isUsable) return;
    const ready = new Promise<void>((resolve) => this.client.once('ready', () => resolve()));
    await Promise.race([ready, delay(CONNECT_TIMEOUT_MS, undefined, { ref: false })]);
  }

  /** @returns whether Redis replies; false at once while it is not connected */
  async ping(): Promise<boolean> {
    return this.isUsable && (await this.client.ping()) === 'PONG';
  }

  /** As `ping`, but waits at most two seconds, also for a frozen Redis. */
  async pingWithTimeout(): Promise<boolean> {
    const timeout = delay(SOCKET_TIMEOUT_MS, false, { ref: false });
    return Promise.race([this.ping().catch(() => false), timeout]);
  }

  /** Logs the first error of an outage, not every retry. */
  reportError(error: unknown): void {
    if (!this.isFailing)
      this.logger.warn(`Redis is unavailable; the sweeper runs due work meanwhile: ${String(error)}`);
    this.isFailing = true;
  }

  disconnect(): void {
    this.client.disconnect();
  }

  private onReady(): void {
    if (this.isFailing) this.logger.log('Redis is available again.');
    this.isFailing = false;
  }
}
