type Start = () => void;

interface WaitingLine {
  /** Urgent work runs before all other work. Both run in order of arrival. */
  readonly urgent: Start[];
  readonly others: Start[];
}

/**
 * Runs work with the same key one at a time, in order of arrival. Urgent work runs before waiting work that is not
 * urgent. Work with different keys runs concurrently.
 */
export class KeyedQueue {
  /** The waiting work of each key, while work with this key runs. */
  private readonly lines = new Map<string, WaitingLine>();

  /** Waits for its turn and runs `work`. Failures of earlier work do not affect it. @returns the result of `work` */
  async run<T>(key: string, work: () => Promise<T>, isUrgent = false): Promise<T> {
    const line = this.lines.get(key);
    if (line) await new Promise<void>((start) => (isUrgent ? line.urgent : line.others).push(start));
    else this.lines.set(key, { urgent: [], others: [] });
    try {
      return await work();
    } finally {
      this.startNext(key);
    }
  }

  /** Starts the next waiting work, or removes the key when none waits. */
  private startNext(key: string): void {
    const line = this.lines.get(key);
    const next = line?.urgent.shift() ?? line?.others.shift();
    if (next) next();
    else this.lines.delete(key);
  }
}
