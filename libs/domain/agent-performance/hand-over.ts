import type { Interval } from '#libs/domain/time/index.js';

export interface HandOverFacts {
  readonly outcome: 'delivered' | 'failed';
  /** Why it failed. */
  readonly reason?: string | undefined;
  readonly at: Date;
  readonly window: Interval;
  /** How often it had failed before. */
  readonly failuresBefore: number;
  /** Where the customer wants it left, and where it was. */
  readonly promisedPlace?: string | undefined;
  readonly usedPlace?: string | undefined;
}

/** What a hand-over says of the agent, each where it says anything. */
export interface JudgedHandOver {
  /** Within the promised window. */
  readonly onTime?: boolean;
  /** Delivered when it was tried for the first time. */
  readonly firstAttempt?: boolean;
  /** Left where the customer wanted it. */
  readonly asInstructed?: boolean;
  /** All of it went well, as far as it is known. */
  readonly wentWell?: boolean;
}

/** Failures that lie with the customer or the parcel, not with who delivers. */
const NOBODYS_FAULT: readonly string[] = ['refused_at_door', 'damaged', 'other'];

export function judgeHandOver(facts: HandOverFacts): JudgedHandOver {
  const { outcome, reason, at, window, failuresBefore, promisedPlace, usedPlace } = facts;
  if (outcome === 'failed' && NOBODYS_FAULT.includes(reason ?? 'other')) return {};
  const isDelivered = outcome === 'delivered';
  const onTime = isDelivered ? at >= window.start && at <= window.end : undefined;
  const isJudgable = isDelivered && promisedPlace !== undefined && usedPlace !== undefined;
  const asInstructed = isJudgable ? promisedPlace === usedPlace : undefined;
  return {
    ...(onTime === undefined ? {} : { onTime }),
    ...(failuresBefore === 0 ? { firstAttempt: isDelivered } : {}),
    ...(asInstructed === undefined ? {} : { asInstructed }),
    wentWell: isDelivered && onTime !== false && asInstructed !== false,
  };
}
