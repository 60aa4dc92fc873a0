import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { CACHE_OUTCOMES, createCacheReadCounter, type CacheOutcome } from '#libs/platform/metrics/cache-metrics.js';
import type { Member } from '../principals/principals.module.js';
import { BatchReader, type CachedValues, type ReadCallback } from './batch-reader.js';
import { CacheFill, toLockKey, type CacheLookup } from './cache-fill.js';
import { decodeEntry, type CachedResponse } from './cached-response.js';
import { EdgeRedis, EPOCH_KEY } from '../edge-redis/edge-redis.module.js';

/** How the responses of one operation are cached. */
export interface CacheRule {
  /** The maximum age in seconds, at most 300. Events and writes normally invalidate entries earlier. */
  readonly seconds: number;
  /**
   * What the response depends on: a path parameter, such as `:deliveryId`, or a kind by its id prefix, such as `dlv`.
   */
  readonly tags: readonly string[];
}

/** Time to live of a version. Longer than the time to live of any entry cached under an earlier version. */
const VERSION_TTL_MS = 3_600_000;
/** Time to live of the fill lock. If a fetch takes longer, another gateway fetches the response, too. */
const FILL_LOCK_MS = 1_000;
/** How often, and at most how many times, a gateway checks whether another gateway has stored the response. */
const POLL_INTERVAL_MS = 20;
const MAX_POLLS = 25;
/** A request that has waited this long for another request's response reads from the app that owns the data. */
const SHARED_WAIT_MS = 3_000;
/** Responses for longer URLs are not cached. */
export const MAX_URL_LENGTH = 512;

const versionKey = (organizationId: string, tag: string): string => `edge:version:${organizationId}:${tag}`;

/**
 * Caches responses of reads as bytes in Redis, keyed by organization, by what the caller may see, by content encoding
 * and by URL (ADR 6). An entry is served only while all versions that it depends on are those under which it was read.
 * An invalidation only replaces versions. A response that was read before a change and stored after it has an outdated
 * version and is never served.
 */
@Injectable()
export class ReadCache {
  private readonly incrementMetric = createCacheReadCounter();
  private readonly counts = new Map<CacheOutcome, number>(CACHE_OUTCOMES.map((outcome) => [outcome, 0]));
  /** Fills in progress, by entry and version. */
  private readonly pendingFills = new Map<string, Promise<CachedResponse | null>>();
  /** Makes the versions that this process writes unique. */
  private readonly nonce = randomUUID();
  private invalidationCount = 0;

  constructor(
    private readonly redis: EdgeRedis,
    private readonly reader: BatchReader,
  ) {}

  toLookup(
    rule: CacheRule,
    caller: Member,
    request: { readonly url: string; readonly params: Readonly<Record<string, string>>; readonly encoding: string },
  ): CacheLookup {
    const { organizationId } = caller;
    const entry = `edge:answer:${organizationId}:${toViewKey(caller)}:${request.encoding}:${request.url}`;
    const tags = rule.tags.map((tag) => (tag.startsWith(':') ? (request.params[tag.slice(1)] ?? '') : tag));
    return {
      entry,
      keys: [entry, EPOCH_KEY, ...tags.map((tag) => versionKey(organizationId, tag))],
      ttlMs: rule.seconds * 1_000,
    };
  }

  /** Reads the entry and the current versions from Redis. */
  read({ keys }: CacheLookup, done: ReadCallback): void {
    this.reader.read(keys, done);
  }

  /** Returns the response if the entry is current, and counts a hit. */
  findHit([stored, ...versions]: CachedValues): CachedResponse | null {
    const response = decodeEntry(stored, joinVersions(versions));
    return response && this.recordOutcome('hit', response);
  }

  /**
   * @returns the cached response, or a `CacheFill` with which the caller stores the response of the app that owns the
   *   data
   */
  async getOrFill(lookup: CacheLookup, values: CachedValues): Promise<CachedResponse | CacheFill> {
    const hit = this.findHit(values);
    if (hit) return hit;
    const version = joinVersions(values.slice(1));
    const fillKey = `${lookup.entry}\n${version}`;
    const pending = this.pendingFills.get(fillKey);
    if (pending) {
      const shared = await Promise.race([pending, delay(SHARED_WAIT_MS, null, { ref: false })]);
      return shared
        ? this.recordOutcome('shared', shared)
        : this.recordOutcome('miss', new CacheFill(this.redis, lookup, version));
    }
    const fill = new CacheFill(this.redis, lookup, version);
    this.pendingFills.set(fillKey, fill.outcome);
    void fill.outcome.finally(() => this.pendingFills.delete(fillKey));
    if (await this.takeFillLock(lookup, version)) return this.recordOutcome('miss', fill);
    // Another gateway is already fetching the response.
    const otherGatewayResponse = await this.awaitOtherGateway(lookup, version);
    fill.end(otherGatewayResponse);
    return otherGatewayResponse
      ? this.recordOutcome('shared', otherGatewayResponse)
      : this.recordOutcome('miss', new CacheFill(this.redis, lookup, version));
  }

  /** Counts a read for which the cache was unavailable. */
  recordBypass(): void {
    this.recordOutcome('bypass', undefined);
  }

  /**
   * Invalidates all entries with these tags, on every gateway. Resolves when Redis has stored the new versions. If
   * Redis does not reply, the connection is reset instead, and the new epoch discards all entries.
   */
  invalidate(organizationId: string, tags: Iterable<string>): Promise<void> {
    const version = `${this.nonce}.${(this.invalidationCount += 1)}`;
    return this.redis.setAllOrStartEpoch(
      [...new Set(tags)].map((tag) => [versionKey(organizationId, tag), version, VERSION_TTL_MS] as const),
    );
  }

  /** Returns the reads by outcome since this gateway process started, and whether Redis is usable. */
  readStatistics(): Readonly<Record<CacheOutcome, number>> & { readonly redis: 'up' | 'away' } {
    const counts = Object.fromEntries(this.counts) as Record<CacheOutcome, number>;
    return { ...counts, redis: this.redis.isUsable ? 'up' : 'away' };
  }

  /**
   * Takes the fill lock.
   * @returns false if another gateway is fetching the same version
   */
  private async takeFillLock(lookup: CacheLookup, version: string): Promise<boolean> {
    const lock = toLockKey(lookup);
    const previousVersion = this.redis.execute((client) => client.set(lock, version, 'PX', FILL_LOCK_MS, 'GET'));
    return (await previousVersion.catch(() => null)) !== version;
  }

  private async awaitOtherGateway(lookup: CacheLookup, version: string): Promise<CachedResponse | null> {
    for (let poll = 0; poll < MAX_POLLS; poll += 1) {
      await delay(POLL_INTERVAL_MS);
      const replies = await Promise.all([
        new Promise<CachedValues | null>((resolve) => this.read(lookup, resolve)),
        this.redis.execute((client) => client.exists(toLockKey(lookup))),
      ]).catch(() => null);
      if (!replies?.[0]) return null;
      const [[stored, ...versions], isFetching] = replies;
      if (joinVersions(versions) !== version) return null;
      const response = decodeEntry(stored, version);
      if (response || isFetching === 0) return response;
    }
    return null;
  }

  private recordOutcome<T>(outcome: CacheOutcome, value: T): T {
    this.incrementMetric(outcome);
    this.counts.set(outcome, (this.counts.get(outcome) ?? 0) + 1);
    return value;
  }
}

const joinVersions = (versions: readonly (Buffer | null)[]): string =>
  versions.map((version) => version?.toString('latin1') ?? '').join('|');

const viewKeys = new WeakMap<Member, string>();

/** Identifies the callers who see the same data: a role, a set of scopes, or a single agent. */
function toViewKey(caller: Member): string {
  const cached = viewKeys.get(caller);
  if (cached !== undefined) return cached;
  const viewKey =
    caller.role === 'key'
      ? `key.${createHash('sha256').update(caller.scopes.join(' ')).digest('base64url').slice(0, 16)}`
      : caller.role === 'agent'
        ? `agent.${caller.agentId}`
        : caller.role;
  viewKeys.set(caller, viewKey);
  return viewKey;
}
