import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import { Clock } from '#libs/clock/clock.js';
import { TelephonyConfig, TelephonySettings } from '../config/config.module.js';
import { afterFailure, beforeAsking, CLOSED, type BreakerState } from './carrier-breaker.js';

/**
 * Takes the next place in the line of creations, `ARGV[1]` ms apart, by the server's own clock. Answers how long to wait for
 * it in ms, or -1 and takes none when that is more than `ARGV[2]`.
 */
const TURN_SCRIPT = `
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local turn = tonumber(redis.call('GET', KEYS[1]) or 0)
if turn < now then turn = now end
local wait = turn - now
if wait > tonumber(ARGV[2]) then return -1 end
redis.call('SET', KEYS[1], string.format('%.3f', turn + tonumber(ARGV[1])), 'PX', math.ceil(wait + tonumber(ARGV[1])) + 1000)
return math.ceil(wait)
`;
/** Whoever would wait longer comes back later. */
export const LONGEST_TURN_MS = 15_000;
/** A Redis that does not answer by then is done without. */
const REDIS_MS = 500;

interface PaceClient extends Redis {
  turn(key: string, intervalMs: number, longestMs: number): Promise<number>;
}

/**
 * How soon the carrier may be asked for another call: so many a second by account, all replicas as one. Without Redis each replica
 * keeps the pace for itself; what is too much then the carrier refuses, and the refused are dialled again later. After several
 * failures in a row the carrier is left alone for a while.
 */
@Injectable()
export class DialPace implements OnApplicationShutdown {
  private readonly logger = new Logger(DialPace.name);
  private readonly redis: PaceClient;
  private readonly key: string;
  private readonly intervalMs: number;
  private nextLocalTurn = 0;
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
      commandTimeout: REDIS_MS,
      socketTimeout: 2 * REDIS_MS,
      retryStrategy: (times) => Math.min(50 * 2 ** times, 1_000),
      scripts: { turn: { lua: TURN_SCRIPT, numberOfKeys: 1 } },
    }) as PaceClient;
    this.redis.on('error', () => undefined);
  }

  /** Takes a turn. @returns how long to wait for it in ms; `null` when it is too far off, or the carrier is left alone */
  async takeTurn(): Promise<number | null> {
    const { waitMs, state } = beforeAsking(this.breaker, this.clock.now().getTime());
    this.breaker = state;
    if (waitMs > 0) return null;
    const wait = await this.redis.turn(this.key, this.intervalMs, LONGEST_TURN_MS).catch(() => this.localTurn());
    return wait < 0 ? null : wait;
  }

  carrierAnswered(): void {
    this.breaker = CLOSED;
  }

  carrierFailed(): void {
    this.breaker = afterFailure(this.breaker, this.clock.now().getTime());
    if (this.breaker.openUntil > 0) this.logger.warn({ failures: this.breaker.failures }, 'The carrier is left alone.');
  }

  onApplicationShutdown(): void {
    this.redis.disconnect();
  }

  private localTurn(): number {
    const now = this.clock.now().getTime();
    const turn = Math.max(now, this.nextLocalTurn);
    if (turn - now > LONGEST_TURN_MS) return -1;
    this.nextLocalTurn = turn + this.intervalMs;
    return turn - now;
  }
}
