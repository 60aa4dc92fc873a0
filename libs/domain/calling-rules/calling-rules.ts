import { isWeekday, WEEKDAYS } from '#libs/domain/time/weekday.values.js';
import type { LegalBasis } from './calling-rules.values.js';
import { timeOfDay, type LocalDay, type LocalHours } from '#libs/domain/time/index.js';

export type { LegalBasis };

export interface AttemptCaps {
  /** Attempts for one delivery, over all days. */
  readonly perDelivery: number;
  /** Attempts to one customer on one calling day, over all deliveries. */
  readonly perDay: number;
}

/** Days on which nobody is called. */
export interface DaysOff {
  /** 1 Monday … 7 Sunday. */
  readonly weekdays: readonly number[];
  /** `YYYY-MM-DD` for one day, `MM-DD` for every year's. */
  readonly dates: readonly string[];
}

/** What the law and an organisation allow, as versioned data: every decision is stored with the `version` it used. */
export interface CallingRules {
  readonly version: string;
  /** The law's local hours; ringing may start at `open` and has ended by `close`. */
  readonly hours: LocalHours;
  readonly daysOff: DaysOff;
  readonly caps: Readonly<Record<LegalBasis, AttemptCaps>>;
  /** An organisation's own hours. They only ever narrow the law's. */
  readonly organisationHours?: LocalHours;
  /** An organisation's own, beside the law's. */
  readonly organisationDaysOff?: DaysOff;
}

/** What matters about the customer for whether a call is allowed, as stored when it is asked. */
export interface CustomerCallStatus {
  readonly doNotCall: boolean;
  readonly legalBasis: LegalBasis;
  readonly attemptsForDelivery: number;
  /** Attempts since `callingDayStart`. */
  readonly attemptsToday: number;
}

/**
 * Quiet hours 21:00–08:00 at the called party's place (47 CFR 64.1200(c)(1)), for every call. The notice exemption
 * allows one voice notice a parcel, two if a signature is needed; a call nobody picked up delivered no notice, so the
 * caps here bound attempts. Counsel decides; a change of law is a new version.
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
 * The same rules, narrowed to an organisation's own hours and days.
 * @param daysOff days of the week by name, dates, and dates of every year: `sunday`, `2026-11-26`, `12-25`
 */
export const withOrganisationHours = (
  rules: CallingRules,
  hours: LocalHours,
  daysOff: readonly string[] = [],
): CallingRules => ({
  ...rules,
  organisationHours: hours,
  organisationDaysOff: {
    weekdays: daysOff.flatMap((day) => (isWeekday(day) ? [WEEKDAYS.indexOf(day) + 1] : [])),
    dates: daysOff.filter((day) => !isWeekday(day)),
  },
});

export const isDayOff = ({ daysOff, organisationDaysOff }: CallingRules, day: LocalDay): boolean =>
  [daysOff, ...(organisationDaysOff ? [organisationDaysOff] : [])].some(
    ({ weekdays, dates }) =>
      weekdays.includes(day.weekday) || dates.includes(day.date) || dates.includes(day.date.slice(5)),
  );

/** The hours allowed on a local day, `null` if it has none. */
export function hoursAllowedOn(rules: CallingRules, day: LocalDay): LocalHours | null {
  if (isDayOff(rules, day)) return null;
  const open = Math.max(rules.hours.open, rules.organisationHours?.open ?? rules.hours.open);
  const close = Math.min(rules.hours.close, rules.organisationHours?.close ?? rules.hours.close);
  return open < close ? { open, close } : null;
}
