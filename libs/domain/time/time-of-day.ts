/** A local time as minutes since midnight, 0 (00:00) to 1440 (24:00, the end of the day). */
export type TimeOfDay = number;

/** Minutes of a day of 24 hours. */
export const MINUTES_PER_DAY = 1440;

/**
 * Builds a time of day from hours and minutes.
 * @throws RangeError outside 00:00–24:00
 * @example
 * ```ts
 * timeOfDay(8, 30); // 510
 * ```
 */
export function timeOfDay(hour: number, minute = 0): TimeOfDay {
  const minutes = hour * 60 + minute;
  if (!Number.isInteger(minutes) || minute < 0 || minute > 59 || minutes < 0 || minutes > MINUTES_PER_DAY) {
    throw new RangeError(`${hour}:${minute} is not a time of day; use hours 0–24 and minutes 0–59`);
  }
  return minutes;
}

/**
 * Parses `HH:MM` (24 hours).
 * @returns `null` if the text is not a time of day
 */
export function parseTimeOfDay(text: string): TimeOfDay | null {
  const match = /^([01]\d|2[0-4]):([0-5]\d)$/.exec(text);
  if (!match) return null;
  const minutes = Number(match[1]) * 60 + Number(match[2]);
  return minutes <= MINUTES_PER_DAY ? minutes : null;
}

/** Formats a time of day as `HH:MM`. Seconds are cut off. */
export function formatTimeOfDay(time: TimeOfDay): string {
  const whole = Math.floor(time);
  return `${String(Math.floor(whole / 60)).padStart(2, '0')}:${String(whole % 60).padStart(2, '0')}`;
}
