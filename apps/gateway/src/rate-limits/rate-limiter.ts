import { Injectable } from '@nestjs/common';
import { EdgeRedis } from '../edge-redis/edge-redis.module.js';
import { toRequestsPerCharge, toIntervalMs, MINUTE_MS, type Limit, type Verdict } from './rate-limit.js';

/** Requests that Redis has granted in advance and that have not been made yet. */
interface Grant {
  remaining: number;
  /** Milliseconds of the minute used up at the time of the grant, including the whole grant. */
  readonly usedMs: number;
  /** When the grant was made, in milliseconds of `performance.now()`. */
  readonly grantedAtMs: number;
}

/** Unused grants expire after this time. They stay charged, so a limit is never exceeded. */
const GRANT_TTL_MS = 10_000;
const MAX_ENTRIES = 10_000;

type OnVerdict = (verdict: Verdict) => void;

/** Requests of one event loop iteration that are charged to the same limit, in order. */
interface PendingCharge {
  readonly limit: Limit;
  readonly callbacks: OnVerdict[];
}

/**
 * Counts requests against limits in Redis, over all gateways. Small limits are counted one by one, large ones by grants
 * of up to ten requests, so that nine of ten requests need no Redis command. Requests of one event loop iteration
 * share a command. While Redis is unavailable, each gateway counts only its own requests, so a client can send at most
 * the limit multiplied by the number of gateways.
 */
@Injectable()
export class RateLimiter {
  private readonly grants = new Map<string, Grant>();
  private readonly localLimiter = new LocalRateLimiter();
  private pending: Map<string, PendingCharge> | undefined;

  constructor(private readonly redis: EdgeRedis) {}

  /** @returns the verdict of each limit; synchronously if grants are left for all limits */
  charge(limits: readonly Limit[]): Verdict[] | Promise<Verdict[]> {
    const now = performance.now();
    const verdicts = limits.map((limit) => this.useGrant(limit, now));
    let missing = verdicts.filter((verdict) => verdict === undefined).length;
    if (missing === 0) return verdicts as Verdict[];
    return new Promise((resolve) => {
      limits.forEach((limit, index) => {
        if (verdicts[index] !== undefined) return;
        this.enqueue(limit, (verdict) => {
          verdicts[index] = verdict;
          missing -= 1;
          if (missing === 0) resolve(verdicts as Verdict[]);
        });
      });
    });
  }

  private useGrant({ key, policy }: Limit, now: number): Verdict | undefined {
    const grant = this.grants.get(key);
    if (!grant || grant.remaining === 0 || now - grant.grantedAtMs > GRANT_TTL_MS) return undefined;
    grant.remaining -= 1;
    const usedMs = Math.max(0, grant.usedMs - grant.remaining * toIntervalMs(policy) - (now - grant.grantedAtMs));
    return { policy, isRefused: false, usedMs };
  }

  private enqueue(limit: Limit, callback: OnVerdict): void {
    if (!this.pending) {
      this.pending = new Map();
      setImmediate(() => void this.sendBatch());
    }
    const pending = this.pending.get(limit.key);
    if (pending) pending.callbacks.push(callback);
    else this.pending.set(limit.key, { limit, callbacks: [callback] });
  }

  private async sendBatch(): Promise<void> {
    const charges = [...(this.pending?.values() ?? [])];
    this.pending = undefined;
    const keys = charges.map(({ limit }) => limit.key);
    const policyArguments = charges.flatMap(({ limit: { policy }, callbacks }) => [
      toIntervalMs(policy),
      MINUTE_MS,
      Math.max(callbacks.length, toRequestsPerCharge(policy)),
    ]);
    // Two numbers per limit: the requests granted and the milliseconds used.
    let results: number[];
    try {
      results = await this.redis.execute((client) => client.charge(keys.length, ...keys, ...policyArguments));
    } catch {
      for (const { limit, callbacks } of charges)
        for (const callback of callbacks) this.localLimiter.charge([limit], performance.now()).forEach(callback);
      return;
    }
    charges.forEach((pending, index) => this.distribute(pending, results[2 * index] ?? 0, results[2 * index + 1] ?? 0));
  }

  /** Grants requests in order, and keeps the rest of the grant for later requests. */
  private distribute({ limit: { key, policy }, callbacks }: PendingCharge, granted: number, usedMs: number): void {
    const interval = toIntervalMs(policy);
    callbacks.forEach((callback, index) => {
      if (index < granted) callback({ policy, isRefused: false, usedMs: usedMs - (granted - 1 - index) * interval });
      else callback({ policy, isRefused: true, usedMs: granted === 0 ? usedMs : usedMs + interval });
    });
    if (granted > callbacks.length)
      this.remember(key, { remaining: granted - callbacks.length, usedMs, grantedAtMs: performance.now() });
  }

  private remember(key: string, grant: Grant): void {
    this.grants.delete(key);
    this.grants.set(key, grant);
    evictOldest(this.grants, MAX_ENTRIES);
  }
}

/** Counts requests of this process only, by the same algorithm as the Redis script (GCRA). */
export class LocalRateLimiter {
  /** GCRA's theoretical arrival time of the next request by key, in milliseconds of `performance.now()`. */
  private readonly theoreticalArrivalMs = new Map<string, number>();

  constructor(private readonly maxEntries = MAX_ENTRIES) {}

  /** @param now monotonic milliseconds */
  charge(limits: readonly Limit[], now: number): Verdict[] {
    return limits.map(({ key, policy }) => {
      const nextArrivalMs = Math.max(this.theoreticalArrivalMs.get(key) ?? 0, now) + toIntervalMs(policy);
      const usedMs = Math.ceil(nextArrivalMs - now);
      const isRefused = usedMs > MINUTE_MS;
      if (!isRefused) {
        this.theoreticalArrivalMs.delete(key);
        this.theoreticalArrivalMs.set(key, nextArrivalMs);
        evictOldest(this.theoreticalArrivalMs, this.maxEntries);
      }
      return { policy, isRefused, usedMs };
    });
  }
}

function evictOldest(map: Map<string, unknown>, maxEntries: number): void {
  if (map.size <= maxEntries) return;
  const [oldest] = map.keys();
  if (oldest !== undefined) map.delete(oldest);
}
