import type { EdgeRedis } from '../edge-redis/edge-redis.module.js';
import { entryOf, type CachedAnswer } from './cached-answer.js';

const MAX_FILL_MS = 15_000;

/** The cache entry of one request's response. */
export interface CacheQuestion {
  readonly entry: string;
  /** The key of the entry, followed by the keys of the versions it depends on. */
  readonly keys: readonly string[];
  /** Time to live of the entry, in milliseconds. */
  readonly ms: number;
}

/** A cache miss: one read that goes to the app that owns the data, and whose response fills the cache. */
export class CacheFill {
  /** The response, or `null` if there is no response that other requests can share. */
  readonly outcome: Promise<CachedAnswer | null>;
  readonly end: (answer: CachedAnswer | null) => void;
  private ended = false;

  constructor(
    private readonly redis: EdgeRedis,
    private readonly question: CacheQuestion,
    private readonly version: string,
  ) {
    const { promise, resolve } = Promise.withResolvers<CachedAnswer | null>();
    // A client that disconnects must not leave other requests waiting.
    const timeout = setTimeout(() => this.end(null), MAX_FILL_MS).unref();
    this.outcome = promise;
    this.end = (answer) => {
      this.ended = true;
      clearTimeout(timeout);
      resolve(answer);
    };
  }

  store(answer: CachedAnswer): void {
    if (this.ended) return;
    this.end(answer);
    const { entry, ms } = this.question;
    const stored = entryOf(answer, this.version);
    this.redis.tryTo((client) => client.multi().set(entry, stored, 'PX', ms).del(lockOf(this.question)).exec());
  }

  /** Releases the lock without a response, so that the next request reads from the owner. */
  abandon(): void {
    if (this.ended) return;
    this.end(null);
    this.redis.tryTo((client) => client.del(lockOf(this.question)));
  }
}

/** The key of the lock that a gateway holds while it fetches the response. */
export const lockOf = ({ entry }: CacheQuestion): string => `${entry}:fill`;
