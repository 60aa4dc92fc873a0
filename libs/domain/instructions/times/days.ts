import { DateTime } from 'luxon';
import { WEEKDAYS } from '#libs/domain/time/weekday.values.js';
import { pattern, toGlobal } from '../text/patterns.js';

const WEEKDAYS_ES = ['lunes', 'martes', 'miercoles', 'jueves', 'viernes', 'sabado', 'domingo'];
const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
const MONTHS_ES = [
  'enero',
  'febrero',
  'marzo',
  'abril',
  'mayo',
  'junio',
  'julio',
  'agosto',
  'septiembre',
  'octubre',
  'noviembre',
  'diciembre',
];
const ORDINALS = [
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
  'eleventh',
  'twelfth',
  'thirteenth',
  'fourteenth',
  'fifteenth',
  'sixteenth',
  'seventeenth',
  'eighteenth',
  'nineteenth',
  'twentieth',
  'twenty first',
  'twenty second',
  'twenty third',
  'twenty fourth',
  'twenty fifth',
  'twenty sixth',
  'twenty seventh',
  'twenty eighth',
  'twenty ninth',
  'thirtieth',
  'thirty first',
];

/** Longer words first, so that "twenty first" is not read as "twentieth" or "first". */
const ORDINAL = [/\d{1,2}(?:st|nd|rd|th)/, ...[...ORDINALS].reverse()];
const TODAY_EN = ['today', 'tonight', 'tomorrow', /this (?:morning|afternoon|evening|arvo)/] as const;
const TODAY_ES = ['hoy', /esta (?:manana|tarde|noche)/] as const;
/** "The third floor" is a place. */
const NUMBERED_PLACES_EN = ['floor', 'door', 'house', 'street', 'avenue', 'level', 'flat', 'gate'] as const;

const DAYS = [
  /\b(?:the )?day after tomorrow\b/,
  /\bpasado manana\b/,
  pattern`\b${[...TODAY_EN, ...TODAY_ES]}\b`,
  // "Mañana" is tomorrow, except where it is the morning.
  /(?<!\b(?:la|esta|de|por la|pasado) )\bmanana\b/,
  pattern`\b(?:(?:next|this|on|el|este|proximo) )*${[...WEEKDAYS, ...WEEKDAYS_ES]}s?\b(?: que viene)?`,
  pattern`\b${MONTHS} (?:the )?${[...ORDINAL, /\d{1,2}/]}\b`,
  pattern`\b(?:the )?${ORDINAL}(?: of ${MONTHS})\b`,
  pattern`\b(?:on )the ${ORDINAL}\b(?! ${NUMBERED_PLACES_EN})`,
  pattern`\b(?:el )?\d{1,2} de ${MONTHS_ES}\b`,
] as const;

/** A day in a folded text. */
const DAY = toGlobal(pattern`${DAYS}`);

export interface DayMention {
  /** Local midnight. */
  readonly day: DateTime;
  readonly start: number;
  readonly end: number;
}

/** The days that a folded text names, as seen from `now` in `zone`. */
export function findDays(folded: string, now: Date, zone: string): DayMention[] {
  const today = DateTime.fromJSDate(now, { zone }).startOf('day');
  const mentions: DayMention[] = [];
  for (const match of folded.matchAll(DAY)) {
    const day = resolveDay(match[0], today);
    if (day) mentions.push({ day, start: match.index, end: match.index + match[0].length });
  }
  return mentions;
}

function resolveDay(words: string, today: DateTime): DateTime | null {
  if (/day after tomorrow|pasado manana/.test(words)) return today.plus({ days: 2 });
  if (/\btomorrow\b/.test(words) || words === 'manana') return today.plus({ days: 1 });
  if (/\b(today|tonight|hoy|this (morning|afternoon|evening|arvo)|esta)\b/.test(words)) return today;
  const weekday = [WEEKDAYS, WEEKDAYS_ES]
    .map((names) => names.findIndex((name) => words.includes(name)))
    .find((at) => at >= 0);
  if (weekday !== undefined) return resolveWeekday(words, weekday + 1, today);
  return resolveDate(words, today);
}

/** The first such day from today on; with "next" the one of next week, where the first is still in this week. */
function resolveWeekday(words: string, weekday: number, today: DateTime): DateTime {
  const ahead = (weekday - today.weekday + 7) % 7;
  const coming = today.plus({ days: ahead === 0 && /\bnext\b/.test(words) ? 7 : ahead });
  return /\bnext\b/.test(words) && ahead > 0 && coming.weekNumber === today.weekNumber
    ? coming.plus({ weeks: 1 })
    : coming;
}

function resolveDate(words: string, today: DateTime): DateTime | null {
  const monthNames = [MONTHS, MONTHS_ES].map((names) => names.findIndex((name) => words.includes(name)));
  const month = monthNames.find((at) => at >= 0);
  const digits = /\d{1,2}/.exec(words);
  const ordinal = [...ORDINALS].reverse().find((word) => words.includes(word));
  const dayOfMonth = digits ? Number(digits[0]) : ordinal ? ORDINALS.indexOf(ordinal) + 1 : 0;
  if (dayOfMonth < 1 || dayOfMonth > 31) return null;
  let day = today.set({ month: month === undefined ? today.month : month + 1, day: dayOfMonth });
  if (day.day !== dayOfMonth) return null;
  if (day < today) day = month === undefined ? day.plus({ months: 1 }) : day.plus({ years: 1 });
  return day;
}
