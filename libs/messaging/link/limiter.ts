/** Limits how many tasks run at once. Further tasks wait in order. */
export class Limiter {
  private active = 0;
  private readonly waiting: (() => void)[] = [];
  private readonly idleWaiters: (() => void)[] = [];

  constructor(private readonly max: number) {}

  get freeSlots(): number {
    return Math.max(0, this.max - this.active - this.waiting.length);
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.active < this.max) this.active += 1;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      // Hands the slot directly to the next waiting task, so that no later one can take it.
      if (next) next();
      else this.release();
    }
  }

  /** Resolves when no task runs or waits. */
  async idle(): Promise<void> {
    if (this.active > 0) await new Promise<void>((resolve) => this.idleWaiters.push(resolve));
  }

  private release(): void {
    this.active -= 1;
    if (this.active === 0) for (const resolveIdle of this.idleWaiters.splice(0)) resolveIdle();
  }
}
