type Start = () => void;

interface Line {
  /** Those for whom somebody waits, then all others; each in the order they came. */
  readonly urgent: Start[];
  readonly others: Start[];
}

/**
 * Pieces of work under one key take turns in the order they came, but what is urgent goes before all that still waits and is not;
 * work under different keys does not wait.
 */
export class Turns {
  /** By key, while somebody has the turn. */
  private readonly lines = new Map<string, Line>();

  /** @returns what `work` returns; a failure before it does not matter */
  async take<T>(key: string, work: () => Promise<T>, isUrgent = false): Promise<T> {
    const line = this.lines.get(key);
    if (line) await new Promise<void>((start) => (isUrgent ? line.urgent : line.others).push(start));
    else this.lines.set(key, { urgent: [], others: [] });
    try {
      return await work();
    } finally {
      this.pass(key);
    }
  }

  /** Gives the turn to whoever is next; where nobody waits, the key is forgotten. */
  private pass(key: string): void {
    const line = this.lines.get(key);
    const next = line?.urgent.shift() ?? line?.others.shift();
    if (next) next();
    else this.lines.delete(key);
  }
}
