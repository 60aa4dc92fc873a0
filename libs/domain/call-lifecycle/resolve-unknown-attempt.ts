import type { CarrierStatus } from './types.js';

/** A call as the carrier lists it. */
export interface ListedCall {
  /** The carrier's id of the call. */
  readonly sid: string;
  readonly createdAt: Date;
  /** E.164. */
  readonly to: string;
  readonly status: CarrierStatus;
}

/** A create request that got no reply, with the carrier's list of calls. */
export interface UnknownAttempt {
  /** When the create request was sent, by DelAuto's clock. */
  readonly dialedAt: Date;
  readonly now: Date;
  /**
   * How long the request may still take effect and the listing may be incomplete, in ms: the client timeout plus at
   * least 60 s.
   */
  readonly settleMs: number;
  /** The carrier's calls to the number since then, listed at `now`; `null` if the list could not be requested. */
  readonly listing: readonly ListedCall[] | null;
  /** The called number in E.164. Without it, every listed call is assumed to be to that number. */
  readonly to?: string | undefined;
  /** Carrier ids of calls that belong to other attempts. */
  readonly knownSids?: readonly string[] | undefined;
  /**
   * Tolerance for differences between the carrier's clock, which has whole seconds, and DelAuto's, in ms. Default
   * 5,000.
   */
  readonly clockToleranceMs?: number | undefined;
}

/** The resolution of an attempt whose create request got no reply. */
export type UnknownResolution =
  /** Nothing is known yet. Resolve the attempt again at `until`. */
  | { readonly kind: 'wait'; readonly until: Date }
  /** The call exists and belongs to this attempt. */
  | { readonly kind: 'adopt'; readonly sid: string }
  /** The phone certainly did not ring and will not. */
  | { readonly kind: 'not_placed' }
  /**
   * It can no longer be determined whether the call was placed. The customer may have been called, so the attempt
   * is treated as placed.
   */
  | { readonly kind: 'counts_as_placed' };

/** While the carrier's list cannot be requested, the attempt stays open for this many settle times. */
const GIVE_UP_AFTER_SETTLE_TIMES = 10;
const DEFAULT_CLOCK_TOLERANCE_MS = 5_000;

/**
 * Resolves a create request that got no reply.
 *
 * At most one attempt to a number is open at a time, so a call to it since the request belongs to this attempt. Its
 * absence proves nothing until the settle time is over. With two candidates, or if the list cannot be requested, the
 * result stays unknown. The attempt is then treated as placed, because calling a customer twice is worse than not at
 * all.
 */
export function resolveUnknownAttempt(attempt: UnknownAttempt): UnknownResolution {
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
  const [sid, secondSid] = candidates;
  if (secondSid !== undefined) return { kind: 'counts_as_placed' };
  if (sid !== undefined) return { kind: 'adopt', sid };
  return now.getTime() < settledAt.getTime() ? { kind: 'wait', until: settledAt } : { kind: 'not_placed' };
}
