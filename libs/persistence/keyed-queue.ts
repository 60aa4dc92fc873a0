type Start = () => void;

/** The waiting work of one key. All urgent work runs before other work; both run in order of arrival. */
interface WaitingWork {
  readonly urgent: Start[];
  readonly others: Start[];
}

/**
 * Runs work with the same key one at a time, in order of arrival. Urgent work runs before waiting work that is not
 * urgent. Work with different keys runs concurrently.
 */
export class KeyedQueue {
  /** The waiting work by key. A key is present while work with it runs. */
  private readonly waitingByKey = new Map<string, WaitingWork>();

  /** Waits for its turn and runs `work`. Failures of earlier work do not affect it. @returns the result of `work` */
  async run<T>(key: string, work: () => Promise<T>, isUrgent = false): Promise<T> {
    const waiting = this.waitingByKey.get(key);
    if (waiting) await new Promise<void>((start) => (isUrgent ? waiting.urgent : waiting.others).push(start));
    else this.waitingByKey.set(key, { urgent: [], others: [] });
    try {
      return await work();
    } finally {
      this.startNext(key);
    }
  }

  /** Starts the next waiting work, or removes the key when no work waits. */
  private startNext(key: string): void {
    const waiting = this.waitingByKey.get(key);
    const startNext = waiting?.urgent.shift() ?? waiting?.others.shift();
    if (startNext) startNext();
    else this.waitingByKey.delete(key);
  }
}
