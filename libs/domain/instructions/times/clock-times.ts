import { timeOfDay, type TimeOfDay } from '#libs/domain/time/index.js';

/** Number words that occur in times, by value. */
const HOURS_EN: Readonly<Record<string, number>> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
};
const HOURS_ES: Readonly<Record<string, number>> = {
  una: 1,
  dos: 2,
  tres: 3,
  cuatro: 4,
  cinco: 5,
  seis: 6,
  siete: 7,
  ocho: 8,
  nueve: 9,
  diez: 10,
  once: 11,
  doce: 12,
};
const MINUTES: Readonly<Record<string, number>> = {
  'oh five': 5,
  five: 5,
  ten: 10,
  fifteen: 15,
  quarter: 15,
  twenty: 20,
  'twenty five': 25,
  thirty: 30,
  half: 30,
  'thirty five': 35,
  forty: 40,
  'forty five': 45,
  fifty: 50,
  'fifty five': 55,
  cuarto: 15,
  media: 30,
  quince: 15,
  treinta: 30,
  diez: 10,
  veinte: 20,
  'cuarenta y cinco': 45,
};

const either = (words: readonly string[]): string => [...words].sort((a, b) => b.length - a.length).join('|');
const HOUR_WORD = either([...Object.keys(HOURS_EN), ...Object.keys(HOURS_ES)]);
const MINUTE_EN = either([
  'oh five',
  'five',
  'ten',
  'fifteen',
  'twenty',
  'twenty five',
  'thirty',
  'thirty five',
  'forty',
  'forty five',
  'fifty',
  'fifty five',
]);
const MINUTE_ES = either(['cuarto', 'media', 'quince', 'treinta', 'diez', 'veinte', 'cuarenta y cinco']);
const MERIDIEM_EN = String.raw`a\.? ?m\b\.?|p\.? ?m\b\.?|in the (?:morning|afternoon|evening)|at night|o'?clock(?: (?:in the (?:morning|afternoon|evening)|at night|a\.? ?m\b\.?|p\.? ?m\b\.?))?|tonight|this (?:morning|afternoon|evening)`;
const MERIDIEM_ES = String.raw`de la (?:manana|tarde|noche)|del mediodia`;

/** A clock time in a folded text: "six", "half past five", "6:30 p.m.", "noon", "las seis y media de la tarde". */
export const CLOCK_TIME = [
  String.raw`(?:noon|midday|mid day|midnight|mediodia)`,
  String.raw`(?:half|(?:a )?quarter|ten|twenty|five) (?:past|after|to|till|before) (?:\d{1,2}|${HOUR_WORD})(?: (?:${MERIDIEM_EN}))?`,
  String.raw`half (?:\d{1,2}|${HOUR_WORD})`,
  String.raw`\d{1,2}[:.h]\d{2}(?: ?(?:${MERIDIEM_EN}|${MERIDIEM_ES}|hrs|hours))?`,
  String.raw`(?:las? )?(?:${HOUR_WORD})(?: y (?:${MINUTE_ES}))?(?: (?:${MERIDIEM_ES}))?(?![ -]?(?:${MINUTE_EN}))(?: ?(?:${MERIDIEM_EN}))?`,
  String.raw`(?:${HOUR_WORD})[ -](?:${MINUTE_EN})(?: ?(?:${MERIDIEM_EN}))?`,
  String.raw`(?:las? )?\d{1,2}(?: (?:00|15|30|45|05|10|20|40|50)\b)?(?: y (?:${MINUTE_ES}))?(?: ?(?:${MERIDIEM_EN}|${MERIDIEM_ES}))?`,
].join('|');

export type DayHalf = 'am' | 'pm';

/** A clock time as said: minutes on a twelve-hour face where the half of the day was not said. */
export interface ClockTime {
  readonly minutes: TimeOfDay;
  /** `null` if it may be before or after noon. */
  readonly half: DayHalf | null;
  /** A bare small number without "o'clock", minutes or half: it may count something else. */
  readonly bare: boolean;
}

/** Reads what `CLOCK_TIME` matched; `null` if it is no time after all. */
export function readClockTime(text: string): ClockTime | null {
  const said = text.trim().replace(/^las? /, '');
  if (/^(noon|midday|mid day|mediodia)$/.test(said)) return { minutes: timeOfDay(12), half: 'pm', bare: false };
  if (said === 'midnight') return { minutes: timeOfDay(24), half: 'pm', bare: false };
  const half = readHalf(said);
  const plain = said.replace(new RegExp(String.raw` ?(?:${MERIDIEM_EN}|${MERIDIEM_ES}|hrs|hours).*$`), '').trim();
  const marked = plain !== said;
  const relative = /^(half|(?:a )?quarter|ten|twenty|five) (past|after|to|till|before) (\S+)$/.exec(plain);
  if (relative) {
    const minutes = MINUTES[(relative[1] ?? '').replace('a ', '')] ?? 0;
    const hour = readHour(relative[3] ?? '');
    if (hour === null) return null;
    const past = /past|after/.test(relative[2] ?? '');
    return onFace(past ? hour * 60 + minutes : hour * 60 - minutes, half, false);
  }
  // British: "half four" is half past four.
  const halfPast = readHour(/^half (\S+)$/.exec(plain)?.[1] ?? '');
  if (halfPast !== null) return onFace(halfPast * 60 + 30, half, false);
  const digital = /^(\d{1,2})[:.h ](\d{2})$/.exec(plain);
  if (digital) {
    const hour = Number(digital[1]);
    const minute = Number(digital[2]);
    return hour > 24 || minute > 59 ? null : onFace(hour * 60 + minute, half, false);
  }
  const spanish = /^(\S+) y (.+)$/.exec(plain);
  if (spanish) {
    const hour = readHour(spanish[1] ?? '');
    const minute = MINUTES[spanish[2] ?? ''];
    return hour === null || minute === undefined ? null : onFace(hour * 60 + minute, half, false);
  }
  const [first = '', ...rest] = plain.split(/[ -]/);
  const hour = readHour(first);
  if (hour === null) return null;
  const minute = rest.length === 0 ? 0 : MINUTES[rest.join(' ')];
  if (minute === undefined) return null;
  return onFace(hour * 60 + minute, half, !marked && rest.length === 0);
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

/** Twenty-four-hour times carry their half; twelve-hour ones get the one that was said. */
function onFace(minutes: number, half: DayHalf | null, bare: boolean): ClockTime | null {
  if (minutes < 0 || minutes > 1440) return null;
  if (minutes >= 13 * 60) return { minutes, half: 'pm', bare };
  const face = minutes % 720;
  if (half === 'am') return { minutes: face, half, bare };
  if (half === 'pm') return { minutes: face + 720, half, bare };
  return { minutes: face, half: null, bare };
}

/** The hours in which people receive parcels; a time without its half of the day is meant within them. */
const WAKING = { from: timeOfDay(8), to: timeOfDay(21) };

/**
 * The time of day that is meant. Without a half: 9, 10 and 11 in the morning, 12 to 7 after noon; 8 is the morning where
 * something starts at it and the evening where something ends. `after` puts it behind an earlier time ("nine to five").
 */
export function resolveClockTime(time: ClockTime, role: 'start' | 'end', after: TimeOfDay | null = null): TimeOfDay {
  if (time.half !== null) return time.minutes;
  const morning = time.minutes;
  const evening = time.minutes + 720;
  if (after !== null) return morning > after ? morning : evening;
  const inMorning = morning >= WAKING.from && (role === 'start' || morning > WAKING.from + 59);
  return inMorning ? morning : evening;
}
