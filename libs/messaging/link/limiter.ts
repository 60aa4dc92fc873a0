/** Runs at most so many pieces of work at once; the others wait in order. */
export class Limiter {
  private active = 0;
  private readonly waiting: (() => void)[] = [];
  private readonly idlers: (() => void)[] = [];

  constructor(private readonly most: number) {}

  get free(): number {
    return Math.max(0, this.most - this.active - this.waiting.length);
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.active < this.most) this.active += 1;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      // The slot goes to the next in line without becoming free in between.
      if (next) next();
      else this.release();
    }
  }

  /** Resolves when nothing runs or waits. */
  async idle(): Promise<void> {
    if (this.active > 0) await new Promise<void>((resolve) => this.idlers.push(resolve));
  }

  private release(): void {
    this.active -= 1;
    if (this.active === 0) for (const idler of this.idlers.splice(0)) idler();
  }
}
