import type { DateTime } from 'luxon';
import { BEFORE_MORNING_ES, MONTHS, NUMBERS, ORDINALS, PARTS, WEEKDAYS } from './time-words.words.js';

/** Days that a phrase names. */
export interface CalendarDays {
  /** Local midnights, in order. Empty if no definite day is named, as in "next month". */
  readonly days: readonly DateTime[];
  /** Index of the word after it. */
  readonly next: number;
  /** Whether the phrase names a period of a week or longer, and no day in it. */
  readonly isOpen?: true;
}

/** Reads the day or days at a word: "tomorrow", "next tuesday", "el cinco de mayo", "the weekend". */
export function readDays(words: readonly string[], at: number, today: DateTime): CalendarDays | null {
  return readRelative(words, at, today) ?? readWeekday(words, at, today) ?? readDate(words, at, today);
}

const one = (day: DateTime, next: number): CalendarDays => ({ days: [day], next });
const is = (words: readonly string[], at: number, phrase: string): boolean =>
  phrase.split(' ').every((word, index) => words[at + index] === word);

function readRelative(words: readonly string[], at: number, today: DateTime): CalendarDays | null {
  const plus = (days: number, length: number): CalendarDays => one(today.plus({ days }), at + length);
  if (is(words, at, 'the day after tomorrow')) return plus(2, 4);
  if (is(words, at, 'day after tomorrow')) return plus(2, 3);
  if (is(words, at, 'day after tmrw')) return plus(2, 3);
  if (is(words, at, 'pasado manana')) return plus(2, 2);
  if (is(words, at, 'de hoy en ocho')) return plus(7, 4);
  if (is(words, at, 'hoy en ocho')) return plus(7, 3);
  if (is(words, at, 'manana en ocho')) return plus(8, 3);
  if (is(words, at, 'a week from today') || is(words, at, 'one week from today')) return plus(7, 4);
  if (is(words, at, 'a week today') || is(words, at, 'a week tomorrow'))
    return plus(words[at + 2] === 'today' ? 7 : 8, 3);
  if (is(words, at, 'today week') || is(words, at, 'tomorrow week')) return plus(words[at] === 'today' ? 7 : 8, 2);
  const inDays = /^(in|en|within|dentro de) (\w+) (days?|dias?)$/.exec(
    words.slice(at, at + (words[at] === 'dentro' ? 4 : 3)).join(' '),
  );
  const count = inDays ? (NUMBERS[inDays[2] ?? ''] ?? Number(inDays[2])) : Number.NaN;
  if (inDays && Number.isInteger(count)) return plus(count, words[at] === 'dentro' ? 4 : 3);
  const word = words[at] ?? '';
  if (word === 'today' || word === 'hoy') return plus(0, 1);
  if (/^(tomorrow|tmrw|tmr|tomoro|tomorow|2moro|tmo|tomorrow's)$/.test(word)) return plus(1, 1);
  if (word === 'manana' && !BEFORE_MORNING_ES.has(words[at - 1] ?? '')) return plus(1, 1);
  if (/^(this|esta)$/.test(word) && (PARTS[words[at + 1] ?? ''] || words[at + 1] === 'manana')) return plus(0, 1);
  if (word === 'tonight') return one(today, at);
  return readWeeks(words, at, today);
}

function readWeeks(words: readonly string[], at: number, today: DateTime): CalendarDays | null {
  const from = words[at] === 'the' || words[at] === 'this' || words[at] === 'el' || words[at] === 'este' ? at + 1 : at;
  if (words[from] === 'weekend') return toWeekend(today, from + 1);
  if (is(words, from, 'fin de semana')) return toWeekend(today, from + 3);
  const open = /^(next|this|following|la|esta|proxima|otra|el)$/;
  for (const [length, phrase] of [
    [2, /^(next|this|following|other) (week|month)$/],
    [3, /^(the) (next|following|other) (week|month)$/],
    [3, /^la (proxima|otra|siguiente) semana$/],
    [3, /^la semana (entrante|proxima)$/],
    [4, /^la semana que (viene|entra)$/],
    [2, /^(esta|proxima|otra) semana$/],
    [4, /^el mes que (viene|entra)$/],
    [3, /^el (proximo|otro|siguiente) mes$/],
  ] as const) {
    if (open.test(words[at] ?? '') || words[at] === 'the') {
      if (phrase.test(words.slice(at, at + length).join(' '))) return { days: [], next: at + length, isOpen: true };
    }
  }
  return null;
}

function toWeekend(today: DateTime, next: number): CalendarDays {
  const saturday = today.plus({ days: (6 - today.weekday + 7) % 7 });
  return { days: [saturday, saturday.plus({ days: 1 })], next };
}

function readWeekday(words: readonly string[], at: number, today: DateTime): CalendarDays | null {
  let start = at;
  let isNext = false;
  const isWeekLater = is(words, start, 'a week on') || is(words, start, 'a week from');
  if (isWeekLater) start += 3;
  while (
    /^(on|the|el|al|los|este|this|coming|next|proximo|otro|to|for|para)$/.test(words[start] ?? '') &&
    start < at + (isWeekLater ? 6 : 3)
  ) {
    if (/^(next|otro)$/.test(words[start] ?? '')) isNext = true;
    start += 1;
  }
  const weekday = WEEKDAYS[words[start] ?? ''];
  if (weekday === undefined) return null;
  let next = start + 1;
  const ahead = (weekday - today.weekday + 7) % 7;
  let day = today.plus({ days: ahead + (isWeekLater ? 7 : 0) });
  if (is(words, next, "' s") || words[next] === 's') next += words[next] === 's' ? 1 : 2;
  if (words[next] === 'week' || is(words, next, 'en ocho')) {
    day = day.plus({ days: 7 });
    next += words[next] === 'week' ? 1 : 2;
  } else if (is(words, next, 'que viene') || is(words, next, 'que entra')) {
    if (ahead === 0) day = day.plus({ days: 7 });
    next += 2;
  } else if (is(words, next, 'of next week') || is(words, next, 'next week')) {
    day = day.weekNumber === today.weekNumber ? day.plus({ days: 7 }) : day;
    next += words[next] === 'of' ? 3 : 2;
  } else if (
    is(words, next, 'de la proxima semana') ||
    is(words, next, 'de la semana entrante') ||
    is(words, next, 'de la otra semana')
  ) {
    day = day.weekNumber === today.weekNumber ? day.plus({ days: 7 }) : day;
    next += 4;
  } else if (is(words, next, 'proximo') || is(words, next, 'siguiente')) {
    if (ahead === 0) day = day.plus({ days: 7 });
    next += 1;
  } else if (isNext && (ahead === 0 || day.weekNumber === today.weekNumber)) {
    day = day.plus({ days: 7 });
  }
  // "Tuesday the fifth": the date only repeats the day.
  const date = readDate(words, words[next] === 'the' || words[next] === ',' ? next + 1 : next, today);
  const dateAlone = date ? null : readDateOfWeekday(words, next, weekday, today);
  if (dateAlone) return dateAlone;
  const [dated] = date?.days ?? [];
  if (date && dated && dated.weekday === weekday) return { days: [dated], next: date.next };
  return one(day, next);
}

/** Reads "lunes 9", "Tuesday 14": a bare number after a weekday is the date if both match within two months. */
function readDateOfWeekday(
  words: readonly string[],
  at: number,
  weekday: number,
  today: DateTime,
): CalendarDays | null {
  const date = readDayOfMonth(words, at);
  if (!date || date.value > 31 || /^(?:am|pm|:|y|de la|a|to|-)$/.test(words[date.next] ?? '')) return null;
  for (const months of [0, 1, 2]) {
    const month = today.startOf('month').plus({ months });
    const day = month.set({ day: date.value });
    if (day.month === month.month && day >= today && day.weekday === weekday) return one(day, date.next);
  }
  return null;
}

/** "March fifth", "the 5th", "5/3" is not read, because its order differs between countries. */
function readDate(words: readonly string[], at: number, today: DateTime): CalendarDays | null {
  const month = MONTHS[words[at] ?? ''];
  if (month !== undefined) {
    const dayAt = words[at + 1] === 'the' ? at + 2 : at + 1;
    const day = readDayOfMonth(words, dayAt);
    return day ? toDate(today, month, day.value, day.next) : null;
  }
  const dayAt = /^(the|el|dia)$/.test(words[at] ?? '') ? (words[at + 1] === 'dia' ? at + 2 : at + 1) : at;
  const day = readDayOfMonth(words, dayAt);
  if (!day) return null;
  const ofAt = words[day.next] === 'of' || words[day.next] === 'de' ? day.next + 1 : day.next;
  const named = MONTHS[words[ofAt] ?? ''];
  if (named !== undefined) return toDate(today, named, day.value, ofAt + 1);
  if (day.isOrdinal || (/^(el|dia)$/.test(words[dayAt - 1] ?? '') && dayAt > at))
    return toDate(today, null, day.value, day.next);
  return null;
}

interface DayOfMonth {
  readonly value: number;
  readonly next: number;
  readonly isOrdinal: boolean;
}

function readDayOfMonth(words: readonly string[], at: number): DayOfMonth | null {
  const word = words[at] ?? '';
  if (/^\d{1,2}$/.test(word)) {
    const isOrdinal = /^(st|nd|rd|th)$/.test(words[at + 1] ?? '');
    return { value: Number(word), next: at + (isOrdinal ? 2 : 1), isOrdinal };
  }
  if (ORDINALS[word] !== undefined) {
    const isCounted = /^(thing|week|half|one|time|option|choice|floor|door|house)$/.test(words[at + 1] ?? '');
    return isCounted ? null : { value: ORDINALS[word], next: at + 1, isOrdinal: true };
  }
  const tens = NUMBERS[word];
  if (tens === undefined) return null;
  const unit = ORDINALS[words[at + 1] ?? ''];
  if ((tens === 20 || tens === 30) && unit !== undefined && unit < 10)
    return { value: tens + unit, next: at + 2, isOrdinal: true };
  if (words[at + 1] === 'y' && tens >= 20 && NUMBERS[words[at + 2] ?? ''] !== undefined) {
    return { value: tens + (NUMBERS[words[at + 2] ?? ''] ?? 0), next: at + 3, isOrdinal: false };
  }
  return /^(a|an|un|couple)$/.test(word) ? null : { value: tens, next: at + 1, isOrdinal: false };
}

/** Returns the first such day, today or later. */
function toDate(today: DateTime, month: number | null, day: number, next: number): CalendarDays | null {
  if (day < 1 || day > 31) return null;
  let date = today.set({ month: month ?? today.month, day });
  if (date.day !== day) return null;
  if (date < today) date = month === null ? date.plus({ months: 1 }) : date.plus({ years: 1 });
  return one(date, next);
}
