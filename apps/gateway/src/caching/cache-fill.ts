import type { EdgeRedis } from '../edge-redis/edge-redis.module.js';
import { encodeEntry, type CachedResponse } from './cached-response.js';

/** Requests that wait for a fill stop waiting after this time. */
const MAX_FILL_MS = 15_000;

/** The cache entry of one request's response. */
export interface CacheLookup {
  /** The Redis key of the entry. */
  readonly entry: string;
  /** The key of the entry, followed by the keys of the versions it depends on. */
  readonly keys: readonly string[];
  /** Time to live of the entry, in milliseconds. */
  readonly ttlMs: number;
}

/** A cache miss: one read that goes to the app that owns the data, and whose response fills the cache. */
export class CacheFill {
  /** The response, or `null` if there is no response that other requests can share. */
  readonly outcome: Promise<CachedResponse | null>;
  /** Resolves `outcome`. */
  readonly end: (response: CachedResponse | null) => void;
  private isEnded = false;

  constructor(
    private readonly redis: EdgeRedis,
    private readonly lookup: CacheLookup,
    private readonly version: string,
  ) {
    const { promise, resolve } = Promise.withResolvers<CachedResponse | null>();
    // A client that disconnects must not leave other requests waiting.
    const timeout = setTimeout(() => this.end(null), MAX_FILL_MS).unref();
    this.outcome = promise;
    this.end = (response) => {
      this.isEnded = true;
      clearTimeout(timeout);
      resolve(response);
    };
  }

  /** Ends the fill and stores the response, unless the fill has already ended. */
  store(response: CachedResponse): void {
    if (this.isEnded) return;
    this.end(response);
    const { entry, ttlMs } = this.lookup;
    const encoded = encodeEntry(response, this.version);
    this.redis.executeBestEffort((client) =>
      client.multi().set(entry, encoded, 'PX', ttlMs).del(toLockKey(this.lookup)).exec(),
    );
  }

  /** Releases the lock without a response, so that the next request reads from the app that owns the data. */
  abandon(): void {
    if (this.isEnded) return;
    this.end(null);
    this.redis.executeBestEffort((client) => client.del(toLockKey(this.lookup)));
  }
}

/** Returns the key of the lock that a gateway holds while it fetches the response. */
export const toLockKey = ({ entry }: CacheLookup): string => `${entry}:fill`;
