/** The refresh-token state of a session. Its tokens are numbered; only the newest one may be used. */
export interface RefreshState {
  /** The number of the newest token. */
  readonly generation: number;
  readonly rotatedAt: Date;
  readonly idleExpiresAt: Date;
  readonly expiresAt: Date;
  readonly revoked: boolean;
}

/** The limits of a session, in milliseconds. */
export interface SessionPolicy {
  /** The session ends after this time without a refresh. */
  readonly idleMs: number;
  /** The session ends this long after sign-in, even when it is in use. */
  readonly absoluteMs: number;
  /** After a rotation, the previous token is accepted for this time, in case the reply with its successor was lost. */
  readonly graceMs: number;
}

const DAY_MS = 86_400_000;

/** 14 days idle, 90 days in total, 10 seconds of grace. */
export const SESSION_POLICY: SessionPolicy = { idleMs: 14 * DAY_MS, absoluteMs: 90 * DAY_MS, graceMs: 10_000 };

/** The decision on a refresh. */
export type RefreshDecision =
  /** The presented token is no longer valid, and the client gets its successor. */
  | { readonly kind: 'rotate'; readonly next: RefreshState }
  /** The reply was lost: the client gets the newest token again, and the state does not change. */
  | { readonly kind: 'repeat' }
  /**
   * A used token was presented again, so it may have been copied. The session ends for all its holders (RFC 9700,
   * 4.14.2).
   */
  | { readonly kind: 'reused' }
  /** The session is revoked or expired. */
  | { readonly kind: 'ended' };

/** Starts a session at its first token. */
export function startRefreshing(now: Date, policy: SessionPolicy = SESSION_POLICY): RefreshState {
  const expiresAt = new Date(now.getTime() + policy.absoluteMs);
  return { generation: 1, rotatedAt: now, idleExpiresAt: toIdleEnd(now, expiresAt, policy), expiresAt, revoked: false };
}

/**
 * Decides on a refresh with an authentic token: one that was issued for the session at any time.
 * @param presentedGeneration the number of the presented token
 */
export function decideRefresh(
  state: RefreshState,
  presentedGeneration: number,
  now: Date,
  policy: SessionPolicy = SESSION_POLICY,
): RefreshDecision {
  if (state.revoked || now >= state.idleExpiresAt || now >= state.expiresAt) return { kind: 'ended' };
  if (presentedGeneration === state.generation) {
    const idleExpiresAt = toIdleEnd(now, state.expiresAt, policy);
    return { kind: 'rotate', next: { ...state, generation: state.generation + 1, rotatedAt: now, idleExpiresAt } };
  }
  const sinceRotation = now.getTime() - state.rotatedAt.getTime();
  const isPrevious = presentedGeneration === state.generation - 1;
  return isPrevious && sinceRotation < policy.graceMs ? { kind: 'repeat' } : { kind: 'reused' };
}

const toIdleEnd = (now: Date, end: Date, { idleMs }: SessionPolicy): Date =>
  new Date(Math.min(now.getTime() + idleMs, end.getTime()));
