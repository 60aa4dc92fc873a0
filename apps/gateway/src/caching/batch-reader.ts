import { Injectable } from '@nestjs/common';
import { EdgeRedis } from '../edge-redis/edge-redis.module.js';

/** What Redis has under the keys asked for, in their order. */
export type Found = readonly (Buffer | null)[];
/** Told `null` where Redis cannot be asked. */
export type WhenFound = (found: Found | null) => void;

/**
 * Reads of one turn of the event loop, as one command: a busy gateway asks once for what dozens of requests want to know, and
 * once for a key that several of them name. With callbacks, as this is where every cached read passes.
 */
@Injectable()
export class BatchReader {
  private batch: Batch | undefined;

  constructor(private readonly redis: EdgeRedis) {}

  read(keys: readonly string[], done: WhenFound): void {
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
      .ask((client) => client.mgetBuffer([...batch.places.keys()]))
      .then(
        (values) => batch.tell(values),
        () => batch.tell(null),
      );
  }
}

class Batch {
  /** Where each key's value will be. */
  readonly places = new Map<string, number>();
  private readonly asked: { readonly places: readonly number[]; readonly done: WhenFound }[] = [];

  add(keys: readonly string[], done: WhenFound): void {
    this.asked.push({ places: keys.map((key) => this.placeOf(key)), done });
  }

  tell(values: Found | null): void {
    for (const { places, done } of this.asked) done(values && places.map((place) => values[place] ?? null));
  }

  private placeOf(key: string): number {
    const known = this.places.get(key);
    if (known !== undefined) return known;
    const place = this.places.size;
    this.places.set(key, place);
    return place;
  }
}
