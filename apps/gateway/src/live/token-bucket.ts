/** The burst size and the sustained rate of a token bucket. */
export interface BucketSize {
  /** Tokens in a full bucket. */
  readonly burst: number;
  /** Tokens added per second. */
  readonly perSecond: number;
}

/** Floating-point tolerance, so that rounding up does not add a millisecond. */
const ROUNDING_TOLERANCE_MS = 1e-6;

/** A token bucket rate limit. It stores only two numbers, because there is one for every socket. */
export class TokenBucket {
  private tokens: number;

  /** @param filledAt monotonic time in milliseconds */
  constructor(
    private readonly size: BucketSize,
    private filledAt: number,
  ) {
    this.tokens = size.burst;
  }

  /**
   * Takes a token.
   * @param now monotonic time in milliseconds
   * @returns 0 if a token was available, else the milliseconds until the next one
   */
  take(now: number): number {
    const { burst, perSecond } = this.size;
    this.tokens = Math.min(burst, this.tokens + (Math.max(0, now - this.filledAt) / 1000) * perSecond);
    this.filledAt = now;
    if (this.tokens < 1) return Math.ceil(((1 - this.tokens) / perSecond) * 1000 - ROUNDING_TOLERANCE_MS);
    this.tokens -= 1;
    return 0;
  }

  /** Whether the bucket is full again, so that it can be discarded. */
  isFull(now: number): boolean {
    return this.tokens + ((now - this.filledAt) / 1000) * this.size.perSecond >= this.size.burst;
  }
}
