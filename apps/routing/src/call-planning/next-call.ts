import { CallPlanned, CallWithheld } from '#libs/contracts/index.js';
import { createAggregateEvent, type AggregateEvent } from '#libs/persistence/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { advance, toDeliveryEventFields } from '../deliveries/deliveries.module.js';

export interface PlannedCall {
  readonly kind: 'planned';
  readonly at: Date;
  readonly reason: string;
  /** Probability of reaching a person, 0 to 1, if the contact model has data. */
  readonly chance?: number;
  /** Probability with which this time was sampled, 0 to 1. */
  readonly propensity?: number;
}

export interface WithheldCall {
  readonly kind: 'withheld';
  /** Code of the rule that forbids the call. */
  readonly rule: string;
  readonly detail: string;
}

export type NextCall = PlannedCall | WithheldCall;

/** A delivery to save, with the event of its change. */
export interface DeliveryWithNextCall {
  readonly delivery: DeliveryDocument;
  readonly event: AggregateEvent;
}

/** Sets the delivery's next call in any state, and creates the event that publishes it. */
export function withNextCall(delivery: DeliveryDocument, next: NextCall, now: Date): DeliveryWithNextCall {
  const { plannedCallAt: _plannedCallAt, plannedCallOdds: _plannedCallOdds, ...rest } = delivery;
  if (next.kind === 'withheld') {
    const { rule, detail } = next;
    return {
      delivery: rest,
      event: createAggregateEvent(CallWithheld, { ...toDeliveryEventFields(delivery), rule, detail }, now),
    };
  }
  const planned = {
    ...toDeliveryEventFields(delivery),
    attempt: delivery.attempts + 1,
    at: next.at.toISOString(),
    reason: next.reason,
    ...(next.chance === undefined ? {} : { chance: next.chance }),
  };
  const odds = toOdds(next);
  return {
    delivery: { ...rest, plannedCallAt: next.at, ...(odds ? { plannedCallOdds: odds } : {}) },
    event: createAggregateEvent(CallPlanned, planned, now),
  };
}

/**
 * As `withNextCall`, for a delivery whose call was not made. Also changes its state: it waits for the next call or for
 * an agent.
 * @returns `undefined` if the state of the delivery permits neither
 */
export function advanceWithoutCall(
  delivery: DeliveryDocument,
  next: NextCall,
  now: Date,
): DeliveryWithNextCall | undefined {
  const advanced = advance(delivery, { kind: next.kind === 'planned' ? 'call_planned' : 'call_impossible' }, now);
  if (!advanced) return undefined;
  const { delivery: planned, event } = withNextCall(advanced, next, now);
  const isFirstOutcome = next.kind === 'withheld' && planned.contactOutcome === undefined;
  return { delivery: isFirstOutcome ? { ...planned, contactOutcome: next.rule } : planned, event };
}

function toOdds({ chance, propensity }: PlannedCall): DeliveryDocument['plannedCallOdds'] {
  return chance === undefined || propensity === undefined ? undefined : { chance, propensity };
}
