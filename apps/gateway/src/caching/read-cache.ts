import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { CACHE_OUTCOMES, cacheReads, type CacheOutcome } from '#libs/platform/metrics/cache-metrics.js';
import type { Member } from '../principals/principals.module.js';
import { BatchReader, type Found, type WhenFound } from './batch-reader.js';
import { CacheFill, lockOf, type CacheQuestion } from './cache-fill.js';
import { answerIn, type CachedAnswer } from './cached-answer.js';
import { EdgeRedis, EPOCH_KEY } from '../edge-redis/edge-redis.module.js';

/** How one operation's answers are cached. */
export interface CacheRule {
  /** The safety net; what really ends an answer's life is an event or a write. At most five minutes. */
  readonly seconds: number;
  /** What it depends on: a path parameter as `:deliveryId`, or a kind of thing by its ids' prefix: `dlv`. */
  readonly tags: readonly string[];
}

/** Outlives every answer that was cached under an earlier version. */
const VERSION_MS = 3_600_000;
/** How long another gateway is given to fetch an answer before this one fetches it, too. */
const FILL_LOCK_MS = 1_000;
const POLL_MS = 20;
const POLLS = 25;
/** A request that has waited so long for another's answer asks for itself. */
const SHARED_WAIT_MS = 3_000;
/** Longer addresses are not worth a key. */
export const LONGEST_URL = 512;

const versionKey = (organizationId: string, tag: string): string => `edge:version:${organizationId}:${tag}`;

/**
 * Answers of reads as bytes in Redis, by organisation, by what the caller's role may see, and by address. An answer is served while
 * every version it depends on is the one it was read under: changing a version is all that an invalidation does, so an
 * answer that was read before a change and arrives after it is stored under a version nobody asks for.
 */
@Injectable()
export class ReadCache {
  private readonly count = cacheReads();
  private readonly counts = new Map<CacheOutcome, number>(CACHE_OUTCOMES.map((outcome) => [outcome, 0]));
  /** Reads under way, by entry and version. */
  private readonly flights = new Map<string, Promise<CachedAnswer | null>>();
  private readonly nonce = randomUUID();
  private written = 0;

  constructor(
    private readonly redis: EdgeRedis,
    private readonly reader: BatchReader,
  ) {}

  question(
    rule: CacheRule,
    caller: Member,
    request: { readonly url: string; readonly params: Readonly<Record<string, string>>; readonly encoding: string },
  ): CacheQuestion {
    const { organizationId } = caller;
    const entry = `edge:answer:${organizationId}:${viewOf(caller)}:${request.encoding}:${request.url}`;
    const tags = rule.tags.map((tag) => (tag.startsWith(':') ? (request.params[tag.slice(1)] ?? '') : tag));
    return {
      entry,
      keys: [entry, EPOCH_KEY, ...tags.map((tag) => versionKey(organizationId, tag))],
      ms: rule.seconds * 1_000,
    };
  }

  /** What Redis has of it: the entry and the versions now. */
  look({ keys }: CacheQuestion, done: WhenFound): void {
    this.reader.read(keys, done);
  }

  /** The answer in what was found; counted, if it is known. */
  known([stored, ...versions]: Found): CachedAnswer | null {
    const answer = answerIn(stored, versionOf(versions));
    return answer && this.told('hit', answer);
  }

  /** @returns the answer, or how to store the one the owner will give */
  async take(question: CacheQuestion, found: Found): Promise<CachedAnswer | CacheFill> {
    const known = this.known(found);
    if (known) return known;
    const version = versionOf(found.slice(1));
    const flight = `${question.entry}\n${version}`;
    const running = this.flights.get(flight);
    if (running) {
      const shared = await Promise.race([running, delay(SHARED_WAIT_MS, null, { ref: false })]);
      return shared ? this.told('shared', shared) : this.told('miss', new CacheFill(this.redis, question, version));
    }
    const fill = new CacheFill(this.redis, question, version);
    this.flights.set(flight, fill.outcome);
    void fill.outcome.finally(() => this.flights.delete(flight));
    if (await this.isFirst(question, version)) return this.told('miss', fill);
    // Another gateway has just gone to fetch it.
    const others = await this.awaitOther(question, version);
    fill.end(others);
    return others ? this.told('shared', others) : this.told('miss', new CacheFill(this.redis, question, version));
  }

  /** A read for which the cache could not be asked. */
  bypassed(): void {
    this.told('bypass', undefined);
  }

  /**
   * From now on nothing cached before is served for these tags, by any gateway. Resolves when Redis has it, or when it is clear
   * that everything cached has to go, because Redis did not answer.
   */
  invalidate(organizationId: string, tags: Iterable<string>): Promise<void> {
    const version = `${this.nonce}.${(this.written += 1)}`;
    return this.redis.setOrStartAnew(
      [...new Set(tags)].map((tag) => [versionKey(organizationId, tag), version, VERSION_MS] as const),
    );
  }

  /** Since this gateway started. */
  figures(): Readonly<Record<CacheOutcome, number>> & { readonly redis: 'up' | 'away' } {
    const counts = Object.fromEntries(this.counts) as Record<CacheOutcome, number>;
    return { ...counts, redis: this.redis.isUsable ? 'up' : 'away' };
  }

  /** Whether no other gateway is fetching this version; then it is known that this one is. */
  private async isFirst(question: CacheQuestion, version: string): Promise<boolean> {
    const lock = lockOf(question);
    const fetching = this.redis.ask((client) => client.set(lock, version, 'PX', FILL_LOCK_MS, 'GET'));
    return (await fetching.catch(() => null)) !== version;
  }

  private async awaitOther(question: CacheQuestion, version: string): Promise<CachedAnswer | null> {
    for (let poll = 0; poll < POLLS; poll += 1) {
      await delay(POLL_MS);
      const found = await Promise.all([
        new Promise<Found | null>((resolve) => this.look(question, resolve)),
        this.redis.ask((client) => client.exists(lockOf(question))),
      ]).catch(() => null);
      if (!found?.[0]) return null;
      const [[stored, ...versions], isFetching] = found;
      if (versionOf(versions) !== version) return null;
      const answer = answerIn(stored, version);
      if (answer || isFetching === 0) return answer;
    }
    return null;
  }

  private told<T>(outcome: CacheOutcome, value: T): T {
    this.count(outcome);
    this.counts.set(outcome, (this.counts.get(outcome) ?? 0) + 1);
    return value;
  }
}

const versionOf = (versions: readonly (Buffer | null)[]): string =>
  versions.map((version) => version?.toString('latin1') ?? '').join('|');

const views = new WeakMap<Member, string>();

/** Who sees the same as this caller: a role, a set of scopes, or an agent alone. */
function viewOf(caller: Member): string {
  const known = views.get(caller);
  if (known !== undefined) return known;
  const view =
    caller.role === 'key'
      ? `key.${createHash('sha256').update(caller.scopes.join(' ')).digest('base64url').slice(0, 16)}`
      : caller.role === 'agent'
        ? `agent.${caller.agentId}`
        : caller.role;
  views.set(caller, view);
  return view;
}
