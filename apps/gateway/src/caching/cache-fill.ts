import type { EdgeRedis } from '../edge-redis/edge-redis.module.js';
import { entryOf, type CachedAnswer } from './cached-answer.js';

const LONGEST_FILL_MS = 15_000;

/** Where one request's answer lies in the cache. */
export interface CacheQuestion {
  readonly entry: string;
  /** The entry, and the versions it depends on. */
  readonly keys: readonly string[];
  readonly ms: number;
}

/** One read that goes to the owner, and what becomes of its answer. */
export class CacheFill {
  /** The answer, or `null` when there is none that others could have. */
  readonly outcome: Promise<CachedAnswer | null>;
  readonly end: (answer: CachedAnswer | null) => void;
  private ended = false;

  constructor(
    private readonly redis: EdgeRedis,
    private readonly question: CacheQuestion,
    private readonly version: string,
  ) {
    const { promise, resolve } = Promise.withResolvers<CachedAnswer | null>();
    // A client that goes away must not leave others waiting for its answer.
    const late = setTimeout(() => this.end(null), LONGEST_FILL_MS).unref();
    this.outcome = promise;
    this.end = (answer) => {
      this.ended = true;
      clearTimeout(late);
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

  /** There is nothing to cache: the next one asks for itself. */
  abandon(): void {
    if (this.ended) return;
    this.end(null);
    this.redis.tryTo((client) => client.del(lockOf(this.question)));
  }
}

/** The key that says that a gateway is fetching the answer. */
export const lockOf = ({ entry }: CacheQuestion): string => `${entry}:fill`;
