/** A wall-clock time as minutes since local midnight, 0 (00:00) to 1440 (24:00, the day's end). */
export type TimeOfDay = number;

export const MINUTES_PER_DAY = 1440;

/** `timeOfDay(8, 30)` is half past eight. Throws a RangeError outside 00:00–24:00. */
export function timeOfDay(hour: number, minute = 0): TimeOfDay {
  const minutes = hour * 60 + minute;
  if (!Number.isInteger(minutes) || minute < 0 || minute > 59 || minutes < 0 || minutes > MINUTES_PER_DAY) {
    throw new RangeError(`${hour}:${minute} is no time of day; give hours 0–24 and minutes 0–59`);
  }
  return minutes;
}

/** Reads `HH:MM` (24 hours); `null` if the text is none. */
export function parseTimeOfDay(text: string): TimeOfDay | null {
  const match = /^([01]\d|2[0-4]):([0-5]\d)$/.exec(text);
  if (!match) return null;
  const minutes = Number(match[1]) * 60 + Number(match[2]);
  return minutes <= MINUTES_PER_DAY ? minutes : null;
}

/** The time as `HH:MM`. */
export function formatTimeOfDay(time: TimeOfDay): string {
  const whole = Math.floor(time);
  return `${String(Math.floor(whole / 60)).padStart(2, '0')}:${String(whole % 60).padStart(2, '0')}`;
}
