/** The attempts to sign in to one account from one network. An attempt counts as failed until it succeeds. */
export interface SignInAttempts {
  readonly failures: number;
  /** When the last attempt was admitted. */
  readonly lastAt: Date;
}

/** The limits of sign-in attempts. */
export interface SignInPolicy {
  /** The number of attempts that need no wait. */
  readonly freeFailures: number;
  /** The wait before the first attempt after the free ones; it doubles with each further failure. */
  readonly firstWaitMs: number;
  readonly maxWaitMs: number;
  /** After this time without an attempt, earlier failures no longer count. */
  readonly forgetAfterMs: number;
}

/**
 * Five free attempts, then waits of 15 seconds to 15 minutes; failures no longer count after a day without an attempt.
 */
export const SIGN_IN_POLICY: SignInPolicy = {
  freeFailures: 5,
  firstWaitMs: 15_000,
  maxWaitMs: 15 * 60_000,
  forgetAfterMs: 24 * 3_600_000,
};

/** Whether an attempt is admitted, or how long to wait before the next one. */
export type SignInDecision =
  | { readonly kind: 'admit'; readonly next: SignInAttempts }
  /**
   * A refused attempt is not recorded. Otherwise an attacker could extend the wait of the account's owner without
   * limit.
   */
  | { readonly kind: 'refuse'; readonly retryAfterMs: number };

/**
 * Decides whether an attempt to sign in is admitted. After the free attempts, each failure doubles the wait for the
 * next attempt, up to the maximum. No number of failures locks the account permanently.
 * @param tries the earlier attempts; `null` if there are none
 * @returns for an admitted attempt, the state to store before the password is checked
 */
export function decideSignIn(
  tries: SignInAttempts | null,
  now: Date,
  policy: SignInPolicy = SIGN_IN_POLICY,
): SignInDecision {
  const elapsed = tries ? now.getTime() - tries.lastAt.getTime() : Infinity;
  if (!tries || elapsed >= policy.forgetAfterMs) return { kind: 'admit', next: { failures: 1, lastAt: now } };
  const retryAfterMs = toWaitMs(tries.failures, policy) - elapsed;
  if (retryAfterMs > 0) return { kind: 'refuse', retryAfterMs };
  return { kind: 'admit', next: { failures: tries.failures + 1, lastAt: now } };
}

function toWaitMs(failures: number, policy: SignInPolicy): number {
  const excess = failures - policy.freeFailures;
  return excess < 0 ? 0 : Math.min(policy.firstWaitMs * 2 ** excess, policy.maxWaitMs);
}
