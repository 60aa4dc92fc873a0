import type { CarrierStatus } from './types.js';

export interface ListedCall {
  /** The carrier's id of the call. */
  readonly sid: string;
  readonly createdAt: Date;
  /** E.164. */
  readonly to: string;
  readonly status: CarrierStatus;
}

export interface UnknownAttempt {
  /** When the create request was sent, on our clock. */
  readonly dialedAt: Date;
  readonly now: Date;
  /** How long a create request may still take effect and the listing may still lag: client time-out plus 60 s or more. */
  readonly settleMs: number;
  /** The carrier's calls to the number since then, as listed at `now`; `null` if the carrier could not be asked. */
  readonly listing: readonly ListedCall[] | null;
  /** The called number; without it every listed call is taken to be to it. */
  readonly to?: string | undefined;
  /** Calls that belong to other attempts. */
  readonly knownSids?: readonly string[] | undefined;
  /** Carriers stamp whole seconds on their own clock. */
  readonly clockToleranceMs?: number | undefined;
}

export type UnknownVerdict =
  | { readonly kind: 'wait'; readonly until: Date }
  /** The call exists: go on with it. */
  | { readonly kind: 'adopt'; readonly sid: string }
  /** Certain that the phone did not ring and will not. */
  | { readonly kind: 'not_placed' }
  /** It can no longer be found out: the customer may have been rung, so this attempt is spent. */
  | { readonly kind: 'counts_as_placed' };

/** While the carrier cannot be asked, an attempt is kept open for this many settle times before it is given up. */
const GIVE_UP_AFTER_SETTLE_TIMES = 10;
const DEFAULT_CLOCK_TOLERANCE_MS = 5_000;

/**
 * What became of a create request that got no answer. At most one attempt to a number is open at a time, so a call to it
 * since then is this one. Its absence proves nothing until the settle time is over, and two candidates or a carrier that
 * stays silent leave it undecided: then it counts as placed, since ringing somebody twice is worse than not at all.
 */
export function judgeUnknown(attempt: UnknownAttempt): UnknownVerdict {
  const { dialedAt, now, settleMs, listing, to } = attempt;
  const settledAt = new Date(dialedAt.getTime() + settleMs);
  if (listing === null) {
    const giveUpAt = new Date(dialedAt.getTime() + settleMs * GIVE_UP_AFTER_SETTLE_TIMES);
    if (now.getTime() < settledAt.getTime()) return { kind: 'wait', until: settledAt };
    return now.getTime() < giveUpAt.getTime()
      ? { kind: 'wait', until: new Date(Math.min(giveUpAt.getTime(), now.getTime() + settleMs)) }
      : { kind: 'counts_as_placed' };
  }
  const since = dialedAt.getTime() - (attempt.clockToleranceMs ?? DEFAULT_CLOCK_TOLERANCE_MS);
  const candidates = new Set(
    listing
      .filter((call) => (to === undefined || call.to === to) && call.createdAt.getTime() >= since)
      .map(({ sid }) => sid)
      .filter((sid) => !(attempt.knownSids ?? []).includes(sid)),
  );
  const [sid, another] = candidates;
  if (another !== undefined) return { kind: 'counts_as_placed' };
  if (sid !== undefined) return { kind: 'adopt', sid };
  return now.getTime() < settledAt.getTime() ? { kind: 'wait', until: settledAt } : { kind: 'not_placed' };
}
