import { DateTime } from 'luxon';
import { intersect, union, type Interval } from './interval.js';
import type { TimeOfDay } from './time-of-day.js';
import { offsetAt, splitByOffset } from './zone-offset.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** A calendar day in a zone. */
export interface LocalDay {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** 1 (Monday) to 7 (Sunday), as in ISO 8601. */
  readonly weekday: number;
}

/** Opening hours of a local day. */
export interface LocalHours {
  readonly open: TimeOfDay;
  /** Exclusive. */
  readonly close: TimeOfDay;
}

/**
 * Computes the instants of `[start, end)` at which the local time in `zone` is within the hours of its day.
 *
 * Exact across offset changes of any size at any hour: the interval is first split where the offset changes, and within
 * each piece the offset is constant.
 * @param getHours called once for each local day and offset; `null` means that the day has no hours
 * @throws RangeError when `zone` is not an IANA time zone
 */
export function localHours(
  zone: string,
  { start, end }: Interval,
  getHours: (day: LocalDay) => LocalHours | null,
): Interval[] {
  const intervals: Interval[] = [];
  for (const piece of splitByOffset(zone, start.getTime(), end.getTime())) {
    const shift = piece.offset * MINUTE_MS;
    const window: Interval = { start: new Date(piece.start), end: new Date(piece.end) };
    const firstDay = Math.floor((piece.start + shift) / DAY_MS);
    const lastDay = Math.floor((piece.end - 1 + shift) / DAY_MS);
    for (let day = firstDay; day <= lastDay; day += 1) {
      const hours = getHours(toLocalDay(day));
      if (!hours || hours.close <= hours.open) continue;
      const midnight = day * DAY_MS - shift;
      const allowed: Interval = {
        start: new Date(midnight + hours.open * MINUTE_MS),
        end: new Date(midnight + hours.close * MINUTE_MS),
      };
      intervals.push(...intersect([allowed], [window]));
    }
  }
  return union(intervals);
}

function toLocalDay(daysSinceEpoch: number): LocalDay {
  const date = new Date(daysSinceEpoch * DAY_MS);
  return { date: date.toISOString().slice(0, 10), weekday: date.getUTCDay() || 7 };
}

/** The first instant of the local day that contains `instant`. */
export const startOfLocalDay = (instant: Date, zone: string): Date =>
  DateTime.fromJSDate(instant, { zone }).startOf('day').toJSDate();

/** The first instant of the local day after the one that contains `instant`. */
export const startOfNextLocalDay = (instant: Date, zone: string): Date =>
  DateTime.fromJSDate(instant, { zone }).plus({ days: 1 }).startOf('day').toJSDate();

/**
 * A calendar day as an interval.
 * @param date `YYYY-MM-DD`
 * @throws RangeError when the date does not exist
 */
export function localDay(date: string, zone: string): Interval {
  const start = DateTime.fromISO(date, { zone }).startOf('day');
  if (!start.isValid) throw new RangeError(`"${date}" is not a calendar date; use the format 2026-03-02`);
  return { start: start.toJSDate(), end: start.plus({ days: 1 }).startOf('day').toJSDate() };
}

/**
 * The local day and the time of day, in minutes since midnight, at an instant.
 * @throws RangeError when `zone` is not an IANA time zone
 */
export function atLocal(instant: Date, zone: string): LocalDay & { readonly time: TimeOfDay } {
  const localMs = instant.getTime() + offsetAt(zone, instant.getTime()) * MINUTE_MS;
  const daysSinceEpoch = Math.floor(localMs / DAY_MS);
  return { ...toLocalDay(daysSinceEpoch), time: (localMs - daysSinceEpoch * DAY_MS) / MINUTE_MS };
}
