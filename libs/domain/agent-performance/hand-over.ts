import type { Interval } from '#libs/domain/time/index.js';

/** The facts of one hand-over, successful or failed. */
export interface HandOverFacts {
  readonly outcome: 'delivered' | 'failed';
  /** The reason of a failure, one of `FAILURE_REASONS` in libs/contracts. */
  readonly reason?: string | undefined;
  /** When the agent handed the parcel over or failed to. */
  readonly at: Date;
  readonly window: Interval;
  /** The number of failed hand-overs before this one. */
  readonly failuresBefore: number;
  /** The safe place that the customer asked for. */
  readonly promisedPlace?: string | undefined;
  /** The safe place where the parcel was left. Absent if a person received it. */
  readonly usedPlace?: string | undefined;
}

/**
 * The contribution of one hand-over to the agent's performance figures. A field is absent if the hand-over does not
 * affect its figure.
 */
export interface HandOverEvaluation {
  /** Delivered within the promised window. */
  readonly onTime?: boolean;
  /** Delivered at the first hand-over attempt. */
  readonly firstAttempt?: boolean;
  /** Left where the customer wanted it. */
  readonly asInstructed?: boolean;
  /** Delivered within the window and, if both places are known, where the customer wanted it. */
  readonly wentWell?: boolean;
}

/** Reasons of failures that the customer or the parcel caused, not the agent. */
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
