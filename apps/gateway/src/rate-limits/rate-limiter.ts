import { Injectable } from '@nestjs/common';
import { EdgeRedis } from '../edge-redis/edge-redis.module.js';
import { chargedAtOnce, intervalOf, MINUTE_MS, type Limit, type Verdict } from './rate-limit.js';

/** Requests granted by Redis and not made yet. */
interface Grant {
  left: number;
  /** The ms used up when it was granted, all of it included, and when that was. */
  readonly usedMs: number;
  readonly at: number;
}

/** A grant that was not used by then is let go: it was charged, so that errs on the strict side. */
const GRANT_MS = 10_000;
const MOST_REMEMBERED = 10_000;

type Tell = (verdict: Verdict) => void;

/** Requests of one turn of the event loop that count against one limit, in their order. */
interface Waiting {
  readonly limit: Limit;
  readonly tell: Tell[];
}

/**
 * Counts requests against limits in Redis, all gateways as one: small limits one by one, large ones by grants of up to ten
 * requests, so that nine in ten need not ask; those of one turn of the event loop ask together. While Redis is away each gateway
 * counts its own requests: limits fail open by as much as there are gateways, and no further.
 */
@Injectable()
export class RateLimiter {
  private readonly grants = new Map<string, Grant>();
  private readonly local = new LocalRateLimiter();
  private waiting: Map<string, Waiting> | undefined;

  constructor(private readonly redis: EdgeRedis) {}

  /** @returns what each limit says; at once, where grants are left for all */
  charge(limits: readonly Limit[]): Verdict[] | Promise<Verdict[]> {
    const now = performance.now();
    const granted = limits.map((limit) => this.fromGrant(limit, now));
    let missing = granted.filter((verdict) => verdict === undefined).length;
    if (missing === 0) return granted as Verdict[];
    return new Promise((resolve) => {
      limits.forEach((limit, index) => {
        if (granted[index] !== undefined) return;
        this.await(limit, (verdict) => {
          granted[index] = verdict;
          missing -= 1;
          if (missing === 0) resolve(granted as Verdict[]);
        });
      });
    });
  }

  private fromGrant({ key, policy }: Limit, now: number): Verdict | undefined {
    const grant = this.grants.get(key);
    if (!grant || grant.left === 0 || now - grant.at > GRANT_MS) return undefined;
    grant.left -= 1;
    const usedMs = Math.max(0, grant.usedMs - grant.left * intervalOf(policy) - (now - grant.at));
    return { policy, refused: false, usedMs };
  }

  private await(limit: Limit, tell: Tell): void {
    if (!this.waiting) {
      this.waiting = new Map();
      setImmediate(() => void this.ask());
    }
    const waiting = this.waiting.get(limit.key);
    if (waiting) waiting.tell.push(tell);
    else this.waiting.set(limit.key, { limit, tell: [tell] });
  }

  private async ask(): Promise<void> {
    const all = [...(this.waiting?.values() ?? [])];
    this.waiting = undefined;
    const keys = all.map(({ limit }) => limit.key);
    const wanted = all.flatMap(({ limit: { policy }, tell }) => [
      intervalOf(policy),
      MINUTE_MS,
      Math.max(tell.length, chargedAtOnce(policy)),
    ]);
    let answers: number[];
    try {
      answers = await this.redis.ask((client) => client.charge(keys.length, ...keys, ...wanted));
    } catch {
      for (const { limit, tell } of all)
        for (const one of tell) this.local.charge([limit], performance.now()).forEach(one);
      return;
    }
    all.forEach((waiting, index) => this.share(waiting, answers[2 * index] ?? 0, answers[2 * index + 1] ?? 0));
  }

  /** The first are granted first; what nobody waits for is kept for those who come. */
  private share({ limit: { key, policy }, tell }: Waiting, granted: number, usedMs: number): void {
    const interval = intervalOf(policy);
    tell.forEach((one, place) => {
      if (place < granted) one({ policy, refused: false, usedMs: usedMs - (granted - 1 - place) * interval });
      else one({ policy, refused: true, usedMs: granted === 0 ? usedMs : usedMs + interval });
    });
    if (granted > tell.length) this.remember(key, { left: granted - tell.length, usedMs, at: performance.now() });
  }

  private remember(key: string, grant: Grant): void {
    this.grants.delete(key);
    this.grants.set(key, grant);
    forgetOldest(this.grants, MOST_REMEMBERED);
  }
}

/** Counts in this process alone, by the same algorithm as the script's (GCRA). */
export class LocalRateLimiter {
  private readonly freeAt = new Map<string, number>();

  constructor(private readonly most = MOST_REMEMBERED) {}

  charge(limits: readonly Limit[], now: number): Verdict[] {
    return limits.map(({ key, policy }) => {
      const next = Math.max(this.freeAt.get(key) ?? 0, now) + intervalOf(policy);
      const usedMs = Math.ceil(next - now);
      const refused = usedMs > MINUTE_MS;
      if (!refused) {
        this.freeAt.delete(key);
        this.freeAt.set(key, next);
        forgetOldest(this.freeAt, this.most);
      }
      return { policy, refused, usedMs };
    });
  }
}

function forgetOldest(map: Map<string, unknown>, most: number): void {
  if (map.size <= most) return;
  const [oldest] = map.keys();
  if (oldest !== undefined) map.delete(oldest);
}
