import { Injectable } from '@nestjs/common';
import { EdgeRedis } from '../edge-redis/edge-redis.module.js';

/** The values of the requested keys, in the order of the keys; `null` for a key that does not exist. */
export type CachedValues = readonly (Buffer | null)[];
/** Receives `null` when Redis is unavailable. */
export type ReadCallback = (values: CachedValues | null) => void;

/**
 * Combines the Redis reads of one event loop iteration into one `MGET`. A busy gateway sends one command for dozens of
 * requests, and reads a key that several requests share only once. Takes callbacks instead of returning promises, which
 * saves allocations on the path of every cached read.
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
  private readonly pendingReads: { readonly indexes: readonly number[]; readonly done: ReadCallback }[] = [];

  add(keys: readonly string[], done: ReadCallback): void {
    this.pendingReads.push({ indexes: keys.map((key) => this.indexOf(key)), done });
  }

  resolve(values: CachedValues | null): void {
    for (const { indexes, done } of this.pendingReads) done(values && indexes.map((index) => values[index] ?? null));
  }

  private indexOf(key: string): number {
    const existing = this.indexes.get(key);
    if (existing !== undefined) return existing;
    const index = this.indexes.size;
    this.indexes.set(key, index);
    return index;
  }
}
