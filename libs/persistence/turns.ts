/** Pieces of work under one key take turns in the order they came; work under different keys does not wait. */
export class Turns {
  private readonly last = new Map<string, Promise<void>>();

  /** @returns what `work` returns; a failure before it does not matter */
  async take<T>(key: string, work: () => Promise<T>): Promise<T> {
    const mine = (this.last.get(key) ?? Promise.resolve()).then(work);
    const over = mine.then(
      () => undefined,
      () => undefined,
    );
    this.last.set(key, over);
    try {
      return await mine;
    } finally {
      // Nobody came after: the key is forgotten.
      if (this.last.get(key) === over) this.last.delete(key);
    }
  }
}
