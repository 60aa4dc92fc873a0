import { Injectable } from '@nestjs/common';
import { EdgeRedis } from '../edge-redis/edge-redis.module.js';

/** The values of the requested keys, in the order of the keys. */
export type CachedValues = readonly (Buffer | null)[];
/** Receives `null` when Redis is unavailable. */
export type ReadCallback = (found: CachedValues | null) => void;

/**
 * Combines the Redis reads of one event loop turn into one command. A busy gateway sends one command for dozens of
 * requests, and reads a key that several requests share only once. Uses callbacks instead of promises, because every
 * cached read uses this class.
 */
@Injectable()
export class BatchReader {
  private batch: Batch | undefined;

  constructor(private readonly redis: EdgeRedis) {}

  read(keys: readonly string[], done: ReadCallback): void {
    if (!this.batch) {
      this.batch = new Batch();
      setImmediate(() => this.send());
    }
    this.batch.add(keys, done);
  }

  private send(): void {
    const { batch } = this;
    this.batch = undefined;
    if (!batch) return;
    this.redis
      .execute((client) => client.mgetBuffer([...batch.indexes.keys()]))
      .then(
        (values) => batch.resolve(values),
        () => batch.resolve(null),
      );
  }
}

class Batch {
  /** The index of each key's value in the reply. */
  readonly indexes = new Map<string, number>();
  private readonly waiting: { readonly indexes: readonly number[]; readonly done: ReadCallback }[] = [];

  add(keys: readonly string[], done: ReadCallback): void {
    this.waiting.push({ indexes: keys.map((key) => this.indexOf(key)), done });
  }

  resolve(values: CachedValues | null): void {
    for (const { indexes, done } of this.waiting) done(values && indexes.map((index) => values[index] ?? null));
  }

  private indexOf(key: string): number {
    const existing = this.indexes.get(key);
    if (existing !== undefined) return existing;
    const index = this.indexes.size;
    this.indexes.set(key, index);
    return index;
  }
}
