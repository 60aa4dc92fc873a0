import { DateTime } from 'luxon';

/** The day of a window as the customer would name it. */
export type ShortDay = 'today' | 'tomorrow' | 'weekday' | 'date';

/** A weekday alone is clear for as many days ahead. */
const MAX_WEEKDAY_DAYS = 6;

/**
 * Returns the shortest clear name of a day.
 * @param now the time of the call; without it, only a date is clear
 */
export function toShortDay(day: DateTime, now: Date | undefined): ShortDay {
  if (now === undefined) return 'date';
  const today = DateTime.fromJSDate(now, { zone: day.zone }).startOf('day');
  const days = Math.round(day.startOf('day').diff(today, 'days').days);
  if (days === 0) return 'today';
  if (days === 1) return 'tomorrow';
  return days > 1 && days <= MAX_WEEKDAY_DAYS ? 'weekday' : 'date';
}
