/** The tries to sign in to one account from one network. A try counts as failed until it succeeds. */
export interface SignInTries {
  readonly failures: number;
  readonly lastAt: Date;
}

/** The limits of sign-in tries. */
export interface SignInPolicy {
  /** The number of tries that need no wait. */
  readonly freeFailures: number;
  /** The wait before the first try that is not free; it doubles with each further failure. */
  readonly firstWaitMs: number;
  readonly maxWaitMs: number;
  /** After this time without a try, earlier failures no longer count. */
  readonly forgetAfterMs: number;
}

/** Five free tries, then waits of 15 seconds to 15 minutes; failures no longer count after a day without a try. */
export const SIGN_IN_POLICY: SignInPolicy = {
  freeFailures: 5,
  firstWaitMs: 15_000,
  maxWaitMs: 15 * 60_000,
  forgetAfterMs: 24 * 3_600_000,
};

/** Whether a try is admitted, or how long to wait before the next one. */
export type SignInDecision =
  | { readonly kind: 'admit'; readonly next: SignInTries }
  /**
   * A refused try is not recorded. Otherwise a stranger could make the wait of the account's owner longer without
   * limit.
   */
  | { readonly kind: 'refuse'; readonly retryAfterMs: number };

/**
 * Decides whether a try to sign in is admitted. Once the free tries are used up, each failure doubles the wait for the
 * next try, up to the maximum. No number of failures locks the account permanently.
 * @param tries the tries so far; `null` if there are none
 * @returns for an admitted try, the state to store before the password is checked
 */
export function decideSignIn(
  tries: SignInTries | null,
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
