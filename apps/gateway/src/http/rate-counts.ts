import { Inject, Injectable } from '@nestjs/common';
import { EdgeRedis } from './edge-redis.js';
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

/**
 * Counts requests against limits in Redis, all gateways as one: small limits one by one, large ones by grants of up to ten
 * requests, so that nine in ten need not ask. While Redis is away each gateway counts its own requests: limits fail open
 * by as much as there are gateways, and no further.
 */
@Injectable()
export class RateCounts {
  private readonly grants = new Map<string, Grant>();
  private readonly local = new LocalCounts();

  constructor(@Inject(EdgeRedis) private readonly redis: EdgeRedis) {}

  /** @returns what each limit says; at once, where grants are left for all */
  charge(limits: readonly Limit[]): Verdict[] | Promise<Verdict[]> {
    const now = performance.now();
    const granted = limits.map((limit) => this.fromGrant(limit, now));
    const missing = limits.filter((_limit, index) => granted[index] === undefined);
    if (missing.length === 0) return granted as Verdict[];
    return this.ask(missing).then((asked) => granted.map((verdict) => verdict ?? (asked.shift() as Verdict)));
  }

  private fromGrant({ key, policy }: Limit, now: number): Verdict | undefined {
    const grant = this.grants.get(key);
    if (!grant || grant.left === 0 || now - grant.at > GRANT_MS) return undefined;
    grant.left -= 1;
    const usedMs = Math.max(0, grant.usedMs - grant.left * intervalOf(policy) - (now - grant.at));
    return { policy, refused: false, usedMs };
  }

  private async ask(limits: readonly Limit[]): Promise<Verdict[]> {
    const keys = limits.map(({ key }) => key);
    const wanted = limits.flatMap(({ policy }) => [intervalOf(policy), MINUTE_MS, chargedAtOnce(policy)]);
    let answers: number[];
    try {
      answers = await this.redis.ask((client) => client.charge(keys.length, ...keys, ...wanted));
    } catch {
      return this.local.charge(limits, performance.now());
    }
    return limits.map(({ key, policy }, index) => {
      const [granted = 0, usedMs = 0] = answers.slice(2 * index, 2 * index + 2);
      if (granted > 1) this.remember(key, { left: granted - 1, usedMs, at: performance.now() });
      return { policy, refused: granted === 0, usedMs: usedMs - Math.max(0, granted - 1) * intervalOf(policy) };
    });
  }

  private remember(key: string, grant: Grant): void {
    this.grants.delete(key);
    this.grants.set(key, grant);
    forgetOldest(this.grants, MOST_REMEMBERED);
  }
}

/** Counts in this process alone, by the same algorithm as the script's (GCRA). */
export class LocalCounts {
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
