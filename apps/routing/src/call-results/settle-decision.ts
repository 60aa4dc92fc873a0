import {
  DeliveryRefused,
  DeliveryReinstated,
  DeliveryRescheduled,
  type Instructions,
  type TimeWindow,
} from '#libs/contracts/index.js';
import { aggregateEvent, type AggregateEvent } from '#libs/persistence/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import {
  advance,
  customerDecisions,
  factOf,
  toTimeWindow,
  toWindow,
  withdrawal,
  withoutAgent,
} from '../deliveries/deliveries.module.js';

export interface Settled {
  readonly delivery: DeliveryDocument;
  readonly events: readonly AggregateEvent[];
}

const NOTHING_SAID: Instructions = { complexity: 1 };

/**
 * Ends the plan where, by everything known, the customer refused the parcel or chose another time; and takes such an end
 * back where, by what is known now, they did not. So the end does not depend on what was known first.
 * @param delivery with what all facts come to
 */
export function settleDecision(delivery: DeliveryDocument, now: Date): Settled {
  const { refused, reschedule } = customerDecisions(delivery.instructions ?? NOTHING_SAID);
  if (refused) return refuse(delivery, now);
  if (reschedule) return moveTo(delivery, reschedule.window, now);
  return reinstate(delivery, now);
}

const unsettled = (delivery: DeliveryDocument): Settled => ({ delivery, events: [] });

function refuse(delivery: DeliveryDocument, now: Date): Settled {
  if (delivery.state === 'refused') return unsettled(delivery);
  const refused = advance(delivery, { kind: 'refused' }, now);
  if (!refused) return unsettled(delivery);
  const transcript = delivery.transcript === undefined ? {} : { transcript: delivery.transcript };
  const event = aggregateEvent(DeliveryRefused, { ...factOf(delivery), ...transcript }, now);
  return { delivery: atPlannedWindow(refused), events: [event, ...withdrawal(delivery, 'refused', now)] };
}

function moveTo(delivery: DeliveryDocument, wanted: TimeWindow | undefined, now: Date): Settled {
  const planned = delivery.rescheduledFrom ?? delivery.window;
  const window = wanted ? toWindow(wanted) : planned;
  if (delivery.state === 'rescheduled' && isSame(window, delivery.window)) return unsettled(delivery);
  const open = delivery.state === 'refused' ? (advance(delivery, { kind: 'reinstated' }, now) ?? delivery) : delivery;
  const moved = open.state === 'rescheduled' ? open : advance(open, { kind: 'reschedule_agreed' }, now);
  if (!moved) return unsettled(delivery);
  const event = aggregateEvent(
    DeliveryRescheduled,
    { ...factOf(delivery), ...(wanted ? { window: wanted } : {}) },
    now,
  );
  return {
    delivery: { ...moved, window, rescheduledFrom: planned },
    events: [event, ...withdrawal(delivery, 'rescheduled', now)],
  };
}

/** The plan begins anew as `created`: what follows is decided as for any delivery whose customer was asked. */
function reinstate(delivery: DeliveryDocument, now: Date): Settled {
  if (delivery.state !== 'refused' && delivery.state !== 'rescheduled') return unsettled(delivery);
  const reinstated = advance(delivery, { kind: 'reinstated' }, now);
  if (!reinstated) return unsettled(delivery);
  const open = withoutAgent(atPlannedWindow(reinstated));
  const payload = { ...factOf(delivery), window: toTimeWindow(open.window) };
  return { delivery: open, events: [aggregateEvent(DeliveryReinstated, payload, now)] };
}

function atPlannedWindow({ rescheduledFrom, ...delivery }: DeliveryDocument): DeliveryDocument {
  return rescheduledFrom ? { ...delivery, window: rescheduledFrom } : delivery;
}

const isSame = (one: DeliveryDocument['window'], other: DeliveryDocument['window']): boolean =>
  one.start.getTime() === other.start.getTime() && one.end.getTime() === other.end.getTime();
