import { isWeekday, WEEKDAYS } from '#libs/domain/time/weekday.values.js';
import type { LegalBasis } from './calling-rules.values.js';
import { timeOfDay, type LocalDay, type LocalHours } from '#libs/domain/time/index.js';

export type { LegalBasis };

/** The maximum number of attempts. */
export interface AttemptCaps {
  /** Attempts for one delivery, over all days. */
  readonly perDelivery: number;
  /** Attempts to one customer on one calling day, over all deliveries. */
  readonly perDay: number;
}

/** Days without calls. */
export interface DaysOff {
  /** 1 (Monday) to 7 (Sunday). */
  readonly weekdays: readonly number[];
  /** `YYYY-MM-DD` for one day, `MM-DD` for a day of every year. */
  readonly dates: readonly string[];
}

/**
 * The calling rules of law and organization, as versioned data. Every decision is stored with the `version` it used.
 */
export interface CallingRules {
  readonly version: string;
  /** The lawful local hours: ringing may start at `open` and must have ended by `close`. */
  readonly hours: LocalHours;
  readonly daysOff: DaysOff;
  readonly caps: Readonly<Record<LegalBasis, AttemptCaps>>;
  /** The organization's own hours. They can only narrow the lawful ones. */
  readonly organizationHours?: LocalHours;
  /** The organization's own days off, in addition to the lawful ones. */
  readonly organizationDaysOff?: DaysOff;
}

/** The facts about a customer that calling rules depend on, as stored when the rules are applied. */
export interface CustomerCallStatus {
  readonly doNotCall: boolean;
  readonly legalBasis: LegalBasis;
  /** Earlier attempts for the delivery in which the phone may have rung. */
  readonly attemptsForDelivery: number;
  /** Attempts to the customer since `getCallingDayStart`, over all deliveries. */
  readonly attemptsToday: number;
}

/**
 * The default rules for the United States. Legal counsel approves them. A change of the law requires a new version.
 *
 * Quiet hours are 21:00–08:00 at the called party's location (47 CFR 64.1200(c)(1)), for every call. The exemption for
 * delivery notices permits one voice notice for each parcel, two if a signature is needed. An unanswered call delivers
 * no notice, so the caps limit attempts.
 */
export const DEFAULT_CALLING_RULES: CallingRules = {
  version: '2026-01',
  hours: { open: timeOfDay(8), close: timeOfDay(21) },
  daysOff: { weekdays: [], dates: [] },
  caps: {
    consent: { perDelivery: 4, perDay: 3 },
    delivery_notice: { perDelivery: 2, perDay: 2 },
  },
};

/**
 * Narrows rules to an organization's own hours and days off.
 * @param daysOff names of weekdays, dates, and dates of every year: `sunday`, `2026-11-26`, `12-25`
 */
export const withOrganizationHours = (
  rules: CallingRules,
  hours: LocalHours,
  daysOff: readonly string[] = [],
): CallingRules => ({
  ...rules,
  organizationHours: hours,
  organizationDaysOff: {
    weekdays: daysOff.flatMap((day) => (isWeekday(day) ? [WEEKDAYS.indexOf(day) + 1] : [])),
    dates: daysOff.filter((day) => !isWeekday(day)),
  },
});

/** Whether a local day is a day off by law or for the organization. */
export const isDayOff = ({ daysOff, organizationDaysOff }: CallingRules, day: LocalDay): boolean =>
  [daysOff, ...(organizationDaysOff ? [organizationDaysOff] : [])].some(
    ({ weekdays, dates }) =>
      weekdays.includes(day.weekday) || dates.includes(day.date) || dates.includes(day.date.slice(5)),
  );

/** The hours in which calls are permitted on a local day; `null` if there are none. */
export function hoursAllowedOn(rules: CallingRules, day: LocalDay): LocalHours | null {
  if (isDayOff(rules, day)) return null;
  const open = Math.max(rules.hours.open, rules.organizationHours?.open ?? rules.hours.open);
  const close = Math.min(rules.hours.close, rules.organizationHours?.close ?? rules.hours.close);
  return open < close ? { open, close } : null;
}
