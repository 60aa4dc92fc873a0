/** A session as far as its refresh tokens go. Its tokens are numbered; only the newest one may be used. */
export interface RefreshState {
  /** The number of the newest token. */
  readonly generation: number;
  readonly rotatedAt: Date;
  readonly idleExpiresAt: Date;
  readonly expiresAt: Date;
  readonly revoked: boolean;
}

export interface SessionPolicy {
  /** Without a refresh for so long the session ends. */
  readonly idleMs: number;
  /** So long after signing in it ends whatever happens. */
  readonly absoluteMs: number;
  /** The token before the newest may be repeated for so long: its answer may have been lost on the way. */
  readonly graceMs: number;
}

const DAY_MS = 86_400_000;

export const SESSION_POLICY: SessionPolicy = { idleMs: 14 * DAY_MS, absoluteMs: 90 * DAY_MS, graceMs: 10_000 };

export type RefreshDecision =
  /** The token is spent; the next one is answered. */
  | { readonly kind: 'rotate'; readonly next: RefreshState }
  /** The answer was lost: the newest token is answered once more, and nothing changes. */
  | { readonly kind: 'repeat' }
  /** A spent token was used: somebody has a copy. The session ends, for the copy and for its owner. */
  | { readonly kind: 'reused' }
  | { readonly kind: 'ended' };

/** A session that begins now. */
export function startRefreshing(now: Date, policy: SessionPolicy = SESSION_POLICY): RefreshState {
  const expiresAt = new Date(now.getTime() + policy.absoluteMs);
  return { generation: 1, rotatedAt: now, idleExpiresAt: idleEnd(now, expiresAt, policy), expiresAt, revoked: false };
}

/** What comes of a refresh by a genuine token of the session: one that was issued for it, at some time. */
export function decideRefresh(
  state: RefreshState,
  presentedGeneration: number,
  now: Date,
  policy: SessionPolicy = SESSION_POLICY,
): RefreshDecision {
  if (state.revoked || now >= state.idleExpiresAt || now >= state.expiresAt) return { kind: 'ended' };
  if (presentedGeneration === state.generation) {
    const idleExpiresAt = idleEnd(now, state.expiresAt, policy);
    return { kind: 'rotate', next: { ...state, generation: state.generation + 1, rotatedAt: now, idleExpiresAt } };
  }
  const sinceRotation = now.getTime() - state.rotatedAt.getTime();
  const isLast = presentedGeneration === state.generation - 1;
  return isLast && sinceRotation < policy.graceMs ? { kind: 'repeat' } : { kind: 'reused' };
}

const idleEnd = (now: Date, end: Date, { idleMs }: SessionPolicy): Date =>
  new Date(Math.min(now.getTime() + idleMs, end.getTime()));
