import { timeOfDay, type TimeOfDay } from '#libs/domain/time/index.js';
import { HALF_AT_END, HOURS_EN, HOURS_ES, MINUTES } from './clock-times.words.js';

export type DayHalf = 'am' | 'pm';

/** A spoken clock time. `minutes` is on a twelve-hour face where the half of the day is unknown. */
export interface ClockTime {
  readonly minutes: TimeOfDay;
  /** `null` where the time may be before or after noon. */
  readonly half: DayHalf | null;
  /** A small number without "o'clock", minutes or half of the day. It may be a count of something else. */
  readonly isBare: boolean;
}

/** Parses a match of `CLOCK_TIME`; `null` if it is not a valid time. */
export function readClockTime(text: string): ClockTime | null {
  const said = text.trim().replace(/^las? /, '');
  if (/^(noon|midday|mid day|mediodia)$/.test(said)) return { minutes: timeOfDay(12), half: 'pm', isBare: false };
  if (said === 'midnight') return { minutes: timeOfDay(24), half: 'pm', isBare: false };
  const half = readHalf(said);
  const plain = said.replace(HALF_AT_END, '').trim();
  const marked = plain !== said;
  const relative = /^(half|(?:a )?quarter|ten|twenty|five) (past|after|to|till|before) (\S+)$/.exec(plain);
  if (relative) {
    const minutes = MINUTES[(relative[1] ?? '').replace('a ', '')] ?? 0;
    const hour = readHour(relative[3] ?? '');
    if (hour === null) return null;
    const past = /past|after/.test(relative[2] ?? '');
    return toClockTime(past ? hour * 60 + minutes : hour * 60 - minutes, half, false);
  }
  // British: "half four" is half past four.
  const halfPast = readHour(/^half (\S+)$/.exec(plain)?.[1] ?? '');
  if (halfPast !== null) return toClockTime(halfPast * 60 + 30, half, false);
  const digital = /^(\d{1,2})[:.h ](\d{2})$/.exec(plain);
  if (digital) {
    const hour = Number(digital[1]);
    const minute = Number(digital[2]);
    return hour > 24 || minute > 59 ? null : toClockTime(hour * 60 + minute, half, false);
  }
  const spanish = /^(\S+) y (.+)$/.exec(plain);
  if (spanish) {
    const hour = readHour(spanish[1] ?? '');
    const minute = MINUTES[spanish[2] ?? ''];
    return hour === null || minute === undefined ? null : toClockTime(hour * 60 + minute, half, false);
  }
  const [first = '', ...rest] = plain.split(/[ -]/);
  const hour = readHour(first);
  if (hour === null) return null;
  const minute = rest.length === 0 ? 0 : MINUTES[rest.join(' ')];
  if (minute === undefined) return null;
  return toClockTime(hour * 60 + minute, half, !marked && rest.length === 0);
}

function readHour(word: string): number | null {
  const hour = /^\d{1,2}$/.test(word) ? Number(word) : (HOURS_EN[word] ?? HOURS_ES[word]);
  return hour === undefined || hour > 24 ? null : hour;
}

function readHalf(said: string): DayHalf | null {
  if (/\ba\.? ?m\b|morning|manana/.test(said)) return 'am';
  if (/\bp\.? ?m\b|afternoon|evening|night|tarde|noche/.test(said)) return 'pm';
  return null;
}

/** A twenty-four-hour time implies its half of the day. A twelve-hour time gets the half that was spoken. */
function toClockTime(minutes: number, half: DayHalf | null, isBare: boolean): ClockTime | null {
  if (minutes < 0 || minutes > 1440) return null;
  if (minutes >= 13 * 60) return { minutes, half: 'pm', isBare };
  const face = minutes % 720;
  if (half === 'am') return { minutes: face, half, isBare };
  if (half === 'pm') return { minutes: face + 720, half, isBare };
  return { minutes: face, half: null, isBare };
}

/** The hours in which people receive parcels. A time without its half of the day is meant within them. */
const RECEIVING_HOURS = { from: timeOfDay(8), to: timeOfDay(21) };

/**
 * The time of day that is meant. Without a half of the day, 9, 10 and 11 are in the morning and 12 to 7 after noon;
 * 8 is in the morning for a start and in the evening for an end.
 * @param after an earlier time that this one must follow, as in "nine to five"
 */
export function resolveClockTime(time: ClockTime, role: 'start' | 'end', after: TimeOfDay | null = null): TimeOfDay {
  if (time.half !== null) return time.minutes;
  const morning = time.minutes;
  const evening = time.minutes + 720;
  if (after !== null) return morning > after ? morning : evening;
  const inMorning = morning >= RECEIVING_HOURS.from && (role === 'start' || morning > RECEIVING_HOURS.from + 59);
  return inMorning ? morning : evening;
}
