import { WEEKDAYS, type LocalHours } from '#libs/contracts/index.js';
import { localHours, parseTimeOfDay, union, type Interval } from '#libs/domain/time/index.js';
import type { CustomerDocument } from '#libs/persistence/schemas/routing/customers.js';
import type { CustomerSnapshot } from '#libs/persistence/schemas/routing/deliveries.js';
import { wishedValues } from './wishes.js';

/**
 * A customer as a delivery keeps them.
 * @param during hours that come again are written out for this span: from now until an answer no longer helps
 * @param zone the clock the customer means, where they name none
 */
export function snapshotOf(customer: CustomerDocument, during: Interval, zone: string): CustomerSnapshot {
  const { name, phone, address, position, legalBasis } = customer;
  const { language, callWindows = [], channel, safePlace } = wishedValues(customer, during.start);
  // Learned hours are no wish: how likely somebody is reached then is in the plan already.
  const { preferredHours = [] } = wishedValues({ ...customer, learned: {} }, during.start);
  const windows = union([
    ...callWindows.map(({ start, end }) => ({ start: new Date(start), end: new Date(end) })),
    ...preferredHours.flatMap((hours) => writtenOut(hours, during, customer.zone ?? zone)),
  ]);
  return {
    name,
    phone,
    position,
    ...(language === undefined ? {} : { language }),
    ...(customer.zone === undefined ? {} : { zone: customer.zone }),
    ...(address === undefined ? {} : { address }),
    ...(legalBasis === undefined ? {} : { legalBasis }),
    ...(windows.length === 0 ? {} : { callWindows: windows }),
    ...(channel === undefined ? {} : { channel }),
    ...(safePlace === undefined ? {} : { usualPlace: safePlace }),
  };
}

function writtenOut({ day, from, until }: LocalHours, during: Interval, zone: string): Interval[] {
  const [open, close] = [parseTimeOfDay(from), parseTimeOfDay(until)];
  if (open === null || close === null || during.end <= during.start) return [];
  const weekday = day === undefined ? undefined : WEEKDAYS.indexOf(day) + 1;
  return localHours(zone, during, (local) =>
    weekday === undefined || local.weekday === weekday ? { open, close } : null,
  );
}
