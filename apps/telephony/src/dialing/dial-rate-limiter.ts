import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import { Clock } from '#libs/clock/clock.js';
import { TelephonyConfig, TelephonySettings } from '../config/config.module.js';
import { addFailure, admitRequest, CLOSED, type BreakerState } from './carrier-circuit-breaker.js';

/**
 * Reserves the next slot for a create request. Slots are `ARGV[1]` ms apart, by the clock of the Redis server. Returns
 * the ms to wait for the slot, or -1 without reserving it if that exceeds `ARGV[2]`.
 */
const RESERVE_SLOT_SCRIPT = `
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local slot = tonumber(redis.call('GET', KEYS[1]) or 0)
if slot < now then slot = now end
local wait = slot - now
if wait > tonumber(ARGV[2]) then return -1 end
redis.call('SET', KEYS[1], string.format('%.3f', slot + tonumber(ARGV[1])), 'PX', math.ceil(wait + tonumber(ARGV[1])) + 1000)
return math.ceil(wait)
`;
/** Maximum wait for a slot. An attempt that would wait longer is rescheduled. */
export const MAX_WAIT_MS = 15_000;
/** Timeout of a Redis command, after which the process limits its own rate without Redis. */
const REDIS_TIMEOUT_MS = 500;

interface SlotClient extends Redis {
  reserveSlot(key: string, intervalMs: number, maxWaitMs: number): Promise<number>;
}

/**
 * Limits the rate of create requests per carrier account, shared by all replicas through Redis. Without Redis each
 * replica limits its own rate; the carrier rejects requests above the account's rate, and those calls are dialed again
 * later. A circuit breaker stops requests after consecutive failures of the carrier.
 */
@Injectable()
export class DialRateLimiter implements OnApplicationShutdown {
  private readonly logger = new Logger(DialRateLimiter.name);
  private readonly redis: SlotClient;
  private readonly key: string;
  private readonly intervalMs: number;
  private nextLocalSlotAt = 0;
  private breaker: BreakerState = CLOSED;

  constructor(
    config: TelephonyConfig,
    settings: TelephonySettings,
    private readonly clock: Clock,
  ) {
    this.key = `telephony:turn:${config.TWILIO_ACCOUNT_SID}`;
    this.intervalMs = 1_000 / settings.callsPerSecond;
    this.redis = new Redis(config.REDIS_URL, {
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      commandTimeout: REDIS_TIMEOUT_MS,
      socketTimeout: 2 * REDIS_TIMEOUT_MS,
      retryStrategy: (times) => Math.min(50 * 2 ** times, 1_000),
      scripts: { reserveSlot: { lua: RESERVE_SLOT_SCRIPT, numberOfKeys: 1 } },
    }) as SlotClient;
    this.redis.on('error', () => undefined);
  }

  /**
   * Reserves a slot for a create request.
   * @returns ms to wait for the slot; `null` if the wait would exceed `MAX_WAIT_MS` or the breaker is open
   */
  async reserveSlot(): Promise<number | null> {
    const { waitMs, state } = admitRequest(this.breaker, this.clock.now().getTime());
    this.breaker = state;
    if (waitMs > 0) return null;
    const slotWaitMs = await this.redis
      .reserveSlot(this.key, this.intervalMs, MAX_WAIT_MS)
      .catch(() => this.reserveLocalSlot());
    return slotWaitMs < 0 ? null : slotWaitMs;
  }

  recordSuccess(): void {
    this.breaker = CLOSED;
  }

  recordFailure(): void {
    this.breaker = addFailure(this.breaker, this.clock.now().getTime());
    if (this.breaker.openUntil > 0)
      this.logger.warn({ failures: this.breaker.failures }, 'Carrier circuit breaker opened.');
  }

  onApplicationShutdown(): void {
    this.redis.disconnect();
  }

  private reserveLocalSlot(): number {
    const now = this.clock.now().getTime();
    const slotAt = Math.max(now, this.nextLocalSlotAt);
    if (slotAt - now > MAX_WAIT_MS) return -1;
    this.nextLocalSlotAt = slotAt + this.intervalMs;
    return slotAt - now;
  }
}
