/** How much may be done at once, and how much a second over time. */
export interface BucketSize {
  readonly burst: number;
  readonly perSecond: number;
}

/** Sums of fractions are not exact; a whole millisecond more is not meant. */
const ROUNDING_MS = 1e-6;

/** A limit on how often something may be done. Two numbers, because every socket has one. */
export class TokenBucket {
  private tokens: number;

  constructor(
    private readonly size: BucketSize,
    private filledAt: number,
  ) {
    this.tokens = size.burst;
  }

  /** @param now ms, ascending @returns 0 when it may be done now, else after how many ms */
  take(now: number): number {
    const { burst, perSecond } = this.size;
    this.tokens = Math.min(burst, this.tokens + (Math.max(0, now - this.filledAt) / 1000) * perSecond);
    this.filledAt = now;
    if (this.tokens < 1) return Math.ceil(((1 - this.tokens) / perSecond) * 1000 - ROUNDING_MS);
    this.tokens -= 1;
    return 0;
  }

  /** Whether nothing was taken for so long that it may be forgotten. */
  isFull(now: number): boolean {
    return this.tokens + ((now - this.filledAt) / 1000) * this.size.perSecond >= this.size.burst;
  }
}
