import { DateTime } from 'luxon';
import { intersect, union, type Interval } from './interval.js';
import type { TimeOfDay } from './time-of-day.js';
import { offsetAt, offsetPieces } from './zone-offset.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** A day of the calendar as people in a zone write it. */
export interface LocalDay {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** 1 Monday … 7 Sunday. */
  readonly weekday: number;
}

export interface LocalHours {
  readonly open: TimeOfDay;
  /** Exclusive. */
  readonly close: TimeOfDay;
}

/**
 * The instants of `[from, to)` at which the wall clock in `zone` shows a time within the hours its day has. `hoursOf`
 * is asked once per local day and offset; `null` means that the day has none. Exact across transitions of any size and
 * at any hour: time is first cut where the offset changes, and within a piece local time is plain arithmetic.
 */
export function localHours(
  zone: string,
  { start, end }: Interval,
  hoursOf: (day: LocalDay) => LocalHours | null,
): Interval[] {
  const open: Interval[] = [];
  for (const piece of offsetPieces(zone, start.getTime(), end.getTime())) {
    const shift = piece.offset * MINUTE_MS;
    const window: Interval = { start: new Date(piece.start), end: new Date(piece.end) };
    const firstDay = Math.floor((piece.start + shift) / DAY_MS);
    const lastDay = Math.floor((piece.end - 1 + shift) / DAY_MS);
    for (let day = firstDay; day <= lastDay; day += 1) {
      const hours = hoursOf(dayNumbered(day));
      if (!hours || hours.close <= hours.open) continue;
      const midnight = day * DAY_MS - shift;
      const allowed: Interval = {
        start: new Date(midnight + hours.open * MINUTE_MS),
        end: new Date(midnight + hours.close * MINUTE_MS),
      };
      open.push(...intersect([allowed], [window]));
    }
  }
  return union(open);
}

function dayNumbered(daysSinceEpoch: number): LocalDay {
  const date = new Date(daysSinceEpoch * DAY_MS);
  return { date: date.toISOString().slice(0, 10), weekday: date.getUTCDay() || 7 };
}

/** The first instant of the local day in which `instant` lies. */
export const startOfLocalDay = (instant: Date, zone: string): Date =>
  DateTime.fromJSDate(instant, { zone }).startOf('day').toJSDate();

/** The first instant of the local day after the one in which `instant` lies. */
export const startOfNextLocalDay = (instant: Date, zone: string): Date =>
  DateTime.fromJSDate(instant, { zone }).plus({ days: 1 }).startOf('day').toJSDate();

/** A day of the calendar, `YYYY-MM-DD`, as a span of instants. @throws RangeError when there is no such day */
export function localDay(date: string, zone: string): Interval {
  const start = DateTime.fromISO(date, { zone }).startOf('day');
  if (!start.isValid) throw new RangeError(`"${date}" is no day of the calendar; give one such as 2026-03-02`);
  return { start: start.toJSDate(), end: start.plus({ days: 1 }).startOf('day').toJSDate() };
}

/** The local day, and the minutes since its midnight as the wall clock shows them. */
export function atLocal(instant: Date, zone: string): LocalDay & { readonly time: TimeOfDay } {
  const local = instant.getTime() + offsetAt(zone, instant.getTime()) * MINUTE_MS;
  const daysSinceEpoch = Math.floor(local / DAY_MS);
  return { ...dayNumbered(daysSinceEpoch), time: (local - daysSinceEpoch * DAY_MS) / MINUTE_MS };
}
