import type { Interval } from '#libs/domain/time/index.js';

/** The facts of one hand-over or failed attempt at one. */
export interface HandOverFacts {
  readonly outcome: 'delivered' | 'failed';
  /** The reason of the failure. */
  readonly reason?: string | undefined;
  readonly at: Date;
  readonly window: Interval;
  /** The number of failed hand-overs before this one. */
  readonly failuresBefore: number;
  /** Where the customer wants the parcel, and where it was left. */
  readonly promisedPlace?: string | undefined;
  readonly usedPlace?: string | undefined;
}

/**
 * What a hand-over adds to the agent's performance figures. A field is absent if the hand-over does not count for it.
 */
export interface HandOverEvaluation {
  /** Delivered within the promised window. */
  readonly onTime?: boolean;
  /** Delivered at the first hand-over attempt. */
  readonly firstAttempt?: boolean;
  /** Left where the customer wanted it. */
  readonly asInstructed?: boolean;
  /** Delivered, and neither outside the window nor left elsewhere, as far as that is known. */
  readonly wentWell?: boolean;
}

/** Failures caused by the customer or the parcel, not by the agent. */
const FAILURES_BEYOND_CONTROL: readonly string[] = ['refused_at_door', 'damaged', 'other'];

/** Evaluates one hand-over for the agent's performance figures. */
export function evaluateHandOver(facts: HandOverFacts): HandOverEvaluation {
  const { outcome, reason, at, window, failuresBefore, promisedPlace, usedPlace } = facts;
  if (outcome === 'failed' && FAILURES_BEYOND_CONTROL.includes(reason ?? 'other')) return {};
  const isDelivered = outcome === 'delivered';
  const onTime = isDelivered ? at >= window.start && at <= window.end : undefined;
  const isComparable = isDelivered && promisedPlace !== undefined && usedPlace !== undefined;
  const asInstructed = isComparable ? promisedPlace === usedPlace : undefined;
  return {
    ...(onTime === undefined ? {} : { onTime }),
    ...(failuresBefore === 0 ? { firstAttempt: isDelivered } : {}),
    ...(asInstructed === undefined ? {} : { asInstructed }),
    wentWell: isDelivered && onTime !== false && asInstructed !== false,
  };
}
