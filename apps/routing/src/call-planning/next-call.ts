import { CallPlanned, CallWithheld } from '#libs/contracts/index.js';
import { aggregateEvent, type AggregateEvent } from '#libs/persistence/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { advance, factOf } from '../deliveries/deliveries.module.js';

export interface PlannedCall {
  readonly kind: 'planned';
  readonly at: Date;
  readonly reason: string;
  /** Of reaching somebody by it, and how probable the choice of this time was; where anything is known. */
  readonly chance?: number;
  readonly propensity?: number;
}

export interface WithheldCall {
  readonly kind: 'withheld';
  readonly rule: string;
  readonly detail: string;
}

export type NextCall = PlannedCall | WithheldCall;

/** A delivery, to be saved with the event of its change. */
export interface DeliveryWithNextCall {
  readonly delivery: DeliveryDocument;
  readonly event: AggregateEvent;
}

/** The delivery with its next call, in whatever state it is, and the event of the plan. */
export function withNextCall(delivery: DeliveryDocument, next: NextCall, now: Date): DeliveryWithNextCall {
  const { plannedCallAt: _former, plannedCallOdds: _odds, ...rest } = delivery;
  if (next.kind === 'withheld') {
    const { rule, detail } = next;
    return { delivery: rest, event: aggregateEvent(CallWithheld, { ...factOf(delivery), rule, detail }, now) };
  }
  const planned = {
    ...factOf(delivery),
    attempt: delivery.attempts + 1,
    at: next.at.toISOString(),
    reason: next.reason,
    ...(next.chance === undefined ? {} : { chance: next.chance }),
  };
  const odds = oddsOf(next);
  return {
    delivery: { ...rest, plannedCallAt: next.at, ...(odds ? { plannedCallOdds: odds } : {}) },
    event: aggregateEvent(CallPlanned, planned, now),
  };
}

/**
 * As `withNextCall`, for a delivery whose call was not made: it waits for the next one, or for an agent.
 * @returns nothing where its state allows neither
 */
export function afterNoCall(delivery: DeliveryDocument, next: NextCall, now: Date): DeliveryWithNextCall | undefined {
  const moved = advance(delivery, { kind: next.kind === 'planned' ? 'call_planned' : 'call_impossible' }, now);
  if (!moved) return undefined;
  const { delivery: described, event } = withNextCall(moved, next, now);
  const isFirstOutcome = next.kind === 'withheld' && described.contactOutcome === undefined;
  return { delivery: isFirstOutcome ? { ...described, contactOutcome: next.rule } : described, event };
}

function oddsOf({ chance, propensity }: PlannedCall): DeliveryDocument['plannedCallOdds'] {
  return chance === undefined || propensity === undefined ? undefined : { chance, propensity };
}
