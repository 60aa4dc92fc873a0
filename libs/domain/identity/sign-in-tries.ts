/** What is known of tries to sign in to one account from one network. Every try counts as failed until it has succeeded. */
export interface SignInTries {
  readonly failures: number;
  readonly lastAt: Date;
}

export interface TryPolicy {
  /** Mistyping is free so many times. */
  readonly freeFailures: number;
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
  /** After so long without a try the slate is clean. */
  readonly forgetAfterMs: number;
}

export const TRY_POLICY: TryPolicy = {
  freeFailures: 5,
  firstWaitMs: 15_000,
  longestWaitMs: 15 * 60_000,
  forgetAfterMs: 24 * 3_600_000,
};

export type TryDecision =
  | { readonly kind: 'admit'; readonly next: SignInTries }
  /** Nothing is written for a refused try: it must not make the wait longer, or a stranger could make it endless. */
  | { readonly kind: 'refuse'; readonly retryAfterMs: number };

/**
 * Whether another try may be made. Each failure beyond the free ones doubles the wait for the next try, up to the longest;
 * no number of failures locks for good.
 */
export function decideTry(tries: SignInTries | null, now: Date, policy: TryPolicy = TRY_POLICY): TryDecision {
  const elapsed = tries ? now.getTime() - tries.lastAt.getTime() : Infinity;
  if (!tries || elapsed >= policy.forgetAfterMs) return { kind: 'admit', next: { failures: 1, lastAt: now } };
  const retryAfterMs = waitAfter(tries.failures, policy) - elapsed;
  if (retryAfterMs > 0) return { kind: 'refuse', retryAfterMs };
  return { kind: 'admit', next: { failures: tries.failures + 1, lastAt: now } };
}

function waitAfter(failures: number, policy: TryPolicy): number {
  const beyond = failures - policy.freeFailures;
  return beyond < 0 ? 0 : Math.min(policy.firstWaitMs * 2 ** beyond, policy.longestWaitMs);
}
