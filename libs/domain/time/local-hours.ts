import { DateTime, IANAZone } from 'luxon';
import { intersect, union, type Interval } from './interval.js';
import type { TimeOfDay } from './time-of-day.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** No zone changes its offset twice within this span, so sampling at it sees every transition. */
const TRANSITION_STEP_MS = 6 * 3_600_000;

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

export const isZone = (zone: string): boolean => IANAZone.isValidZone(zone);

/** Minutes east of UTC in `zone` at an instant (milliseconds since the epoch). */
const offsetMinutes = (zone: IANAZone, epochMs: number): number => zone.offset(epochMs);

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
  const iana = IANAZone.create(zone);
  if (!iana.isValid) throw new RangeError(`"${zone}" is no IANA time zone; give one such as "Europe/Berlin"`);
  const open: Interval[] = [];
  for (const piece of constantOffsetPieces(iana, start.getTime(), end.getTime())) {
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

interface Piece {
  readonly start: number;
  readonly end: number;
  readonly offset: number;
}

function constantOffsetPieces(zone: IANAZone, start: number, end: number): Piece[] {
  const pieces: Piece[] = [];
  let pieceStart = start;
  let offset = offsetMinutes(zone, start);
  for (let at = start; at < end;) {
    const next = Math.min(at + TRANSITION_STEP_MS, end);
    const nextOffset = offsetMinutes(zone, next);
    if (nextOffset !== offset) {
      const transition = firstInstantWithOtherOffset(zone, at, next, offset);
      pieces.push({ start: pieceStart, end: transition, offset });
      pieceStart = transition;
      offset = nextOffset;
    }
    at = next;
  }
  if (pieceStart < end) pieces.push({ start: pieceStart, end, offset });
  return pieces;
}

/** Bisects to the millisecond; `low` has `offset`, `high` has another. */
function firstInstantWithOtherOffset(zone: IANAZone, low: number, high: number, offset: number): number {
  let before = low;
  let after = high;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetMinutes(zone, middle) === offset) before = middle;
    else after = middle;
  }
  return after;
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
  const local = DateTime.fromJSDate(instant, { zone });
  return {
    date: local.toFormat('yyyy-MM-dd'),
    weekday: local.weekday,
    time: local.hour * 60 + local.minute + local.second / 60 + local.millisecond / 60_000,
  };
}
