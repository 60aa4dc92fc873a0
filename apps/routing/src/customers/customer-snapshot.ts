import { WEEKDAYS, type LocalHours } from '#libs/contracts/index.js';
import { localHours, parseTimeOfDay, union, type Interval } from '#libs/domain/time/index.js';
import type { CustomerDocument } from '#libs/persistence/schemas/routing/customers.js';
import type { CustomerSnapshot } from '#libs/persistence/schemas/routing/deliveries.js';
import { toPreferenceValues } from './preferences.js';

/**
 * Creates the snapshot of a customer that a delivery stores.
 * @param during period in which recurring hours are expanded to windows: from now until the deadline for an answer
 * @param zone IANA time zone of the preferred hours of a customer without a zone
 */
export function toCustomerSnapshot(customer: CustomerDocument, during: Interval, zone: string): CustomerSnapshot {
  const { name, phone, address, position, legalBasis } = customer;
  const { language, callWindows = [], channel, safePlace } = toPreferenceValues(customer, during.start);
  // Excludes learned hours: call planning already accounts for the probability of reaching the customer.
  const { preferredHours = [] } = toPreferenceValues({ ...customer, learned: {} }, during.start);
  const windows = union([
    ...callWindows.map(({ start, end }) => ({ start: new Date(start), end: new Date(end) })),
    ...preferredHours.flatMap((hours) => expandHours(hours, during, customer.zone ?? zone)),
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

function expandHours({ day, from, until }: LocalHours, during: Interval, zone: string): Interval[] {
  const [open, close] = [parseTimeOfDay(from), parseTimeOfDay(until)];
  if (open === null || close === null || during.end <= during.start) return [];
  const weekday = day === undefined ? undefined : WEEKDAYS.indexOf(day) + 1;
  return localHours(zone, during, (local) =>
    weekday === undefined || local.weekday === weekday ? { open, close } : null,
  );
}
