import {
  DeliveryRefused,
  DeliveryReinstated,
  DeliveryRescheduled,
  type Instructions,
  type TimeWindow,
} from '#libs/contracts/index.js';
import { createAggregateEvent, type AggregateEvent } from '#libs/persistence/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import {
  advance,
  toCustomerDecisions,
  toDeliveryEventFields,
  toTimeWindow,
  toWindow,
  toWithdrawalEvents,
  withoutAgent,
} from '../deliveries/deliveries.module.js';

/** A delivery to save, with the events of its changes. */
export interface SettledDelivery {
  readonly delivery: DeliveryDocument;
  readonly events: readonly AggregateEvent[];
}

const NO_INSTRUCTIONS: Instructions = { complexity: 1 };

/**
 * Marks the delivery refused or rescheduled if its instructions contain that decision, and reinstates it if they no
 * longer do. The result does not depend on the order in which the contact facts arrive.
 * @param delivery the delivery, with the fields that are derived from all contact facts
 */
export function settleDecision(delivery: DeliveryDocument, now: Date): SettledDelivery {
  const { refused, reschedule } = toCustomerDecisions(delivery.instructions ?? NO_INSTRUCTIONS);
  if (refused) return refuse(delivery, now);
  // A window that is over was misread: another time is wanted, and none is known.
  const isOver = reschedule?.window !== undefined && Date.parse(reschedule.window.end) <= now.getTime();
  if (reschedule) return rescheduleTo(delivery, isOver ? undefined : reschedule.window, now);
  return reinstate(delivery, now);
}

const toUnchanged = (delivery: DeliveryDocument): SettledDelivery => ({ delivery, events: [] });

function refuse(delivery: DeliveryDocument, now: Date): SettledDelivery {
  if (delivery.state === 'refused') return toUnchanged(delivery);
  const refused = advance(delivery, { kind: 'refused' }, now);
  if (!refused) return toUnchanged(delivery);
  const transcript = delivery.transcript === undefined ? {} : { transcript: delivery.transcript };
  const event = createAggregateEvent(DeliveryRefused, { ...toDeliveryEventFields(delivery), ...transcript }, now);
  return { delivery: restorePlannedWindow(refused), events: [event, ...toWithdrawalEvents(delivery, 'refused', now)] };
}

function rescheduleTo(delivery: DeliveryDocument, requested: TimeWindow | undefined, now: Date): SettledDelivery {
  const planned = delivery.rescheduledFrom ?? delivery.window;
  const window = requested ? toWindow(requested) : planned;
  if (delivery.state === 'rescheduled' && isSameWindow(window, delivery.window)) return toUnchanged(delivery);
  const open = delivery.state === 'refused' ? (advance(delivery, { kind: 'reinstated' }, now) ?? delivery) : delivery;
  const advanced = open.state === 'rescheduled' ? open : advance(open, { kind: 'reschedule_agreed' }, now);
  if (!advanced) return toUnchanged(delivery);
  const event = createAggregateEvent(
    DeliveryRescheduled,
    { ...toDeliveryEventFields(delivery), ...(requested ? { window: requested } : {}) },
    now,
  );
  return {
    delivery: { ...advanced, window, rescheduledFrom: planned },
    events: [event, ...toWithdrawalEvents(delivery, 'rescheduled', now)],
  };
}

/** Reverses a refusal or postponement. The delivery restarts as `created`; `ContinueContact` decides what follows. */
function reinstate(delivery: DeliveryDocument, now: Date): SettledDelivery {
  if (delivery.state !== 'refused' && delivery.state !== 'rescheduled') return toUnchanged(delivery);
  const reinstated = advance(delivery, { kind: 'reinstated' }, now);
  if (!reinstated) return toUnchanged(delivery);
  const open = withoutAgent(restorePlannedWindow(reinstated));
  const payload = { ...toDeliveryEventFields(delivery), window: toTimeWindow(open.window) };
  return { delivery: open, events: [createAggregateEvent(DeliveryReinstated, payload, now)] };
}

/** Restores the window that was planned before the customer rescheduled. */
function restorePlannedWindow({ rescheduledFrom, ...delivery }: DeliveryDocument): DeliveryDocument {
  return rescheduledFrom ? { ...delivery, window: rescheduledFrom } : delivery;
}

const isSameWindow = (one: DeliveryDocument['window'], other: DeliveryDocument['window']): boolean =>
  one.start.getTime() === other.start.getTime() && one.end.getTime() === other.end.getTime();
