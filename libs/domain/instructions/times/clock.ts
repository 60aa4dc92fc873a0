import { timeOfDay, type TimeOfDay } from '#libs/domain/time/index.js';
import { HOURS, MIDNIGHT, NOON, NUMBERS, QUARTER } from './time-words.words.js';

/** A clock time as spoken. */
export interface Clock {
  /** Minutes after midnight. On a 12-hour clock if `half` is `null`. */
  readonly minutes: TimeOfDay;
  /** `null` if the time may be before or after noon. */
  readonly half: 'am' | 'pm' | null;
  /** Whether the time is a number without minutes and without a.m. or p.m., which may be a count of something else. */
  readonly isBare: boolean;
  /** Index of the word after it. */
  readonly next: number;
}

/**
 * Reads the clock time at a word: "six", "half past five", "6:30 pm", "noon", "las seis y media de la tarde".
 * @param mayJoin whether "y" may join minutes to an hour: in "entre tres y cuatro" it joins two hours
 */
export function readClock(words: readonly string[], at: number, mayJoin = true): Clock | null {
  const start = skipArticles(words, at);
  if (isDuration(words, start)) return null;
  return (
    readNoon(words, start) ??
    readTwentyFourHours(words, start) ??
    readRelative(words, start) ??
    readHourAndMinutes(words, start, mayJoin)
  );
}

const skipArticles = (words: readonly string[], at: number): number =>
  words[at] === 'la' || words[at] === 'las' || words[at] === "'" ? at + 1 : at;

/**
 * Whether the words are a duration, such as "in two hours", and not a clock time, such as "17 horas" or "las cinco
 * horas".
 */
function isDuration(words: readonly string[], at: number): boolean {
  const isUnit = (index: number): boolean => UNITS.test(words[index] ?? '');
  const unitAt = isUnit(at + 1)
    ? at + 1
    : isUnit(at + 2) && /^(?:a|an|half|couple)$/.test(words[at] ?? '')
      ? at + 2
      : -1;
  if (unitAt < 0) return false;
  const isHourOfDay = Number(words[at]) > 12 || words[at - 1] === 'las' || (NUMBERS[words[at] ?? ''] ?? 0) > 12;
  return !isHourOfDay || /^(?:in|for|within|en|por|dentro)$/.test(before(words, at));
}

const UNITS = /^(?:hours?|hrs?|horas?|minutes?|mins?|minutos?)$/;

const before = (words: readonly string[], at: number): string =>
  words[at - 1] === 'de' && words[at - 2] === 'dentro' ? 'dentro' : (words[at - 1] ?? '');

/** Reads a 24-hour time: "fifteen hundred", "fourteen thirty", "las quince treinta", "las quince horas". */
function readTwentyFourHours(words: readonly string[], at: number): Clock | null {
  const isPadded = /^(?:oh|zero|cero)$/.test(words[at] ?? '');
  const hourAt = isPadded ? at + 1 : at;
  const isCompound = words[hourAt] === 'twenty' && /^(?:one|two|three)$/.test(words[hourAt + 1] ?? '');
  const hour = isCompound ? 20 + (NUMBERS[words[hourAt + 1] ?? ''] ?? 0) : NUMBERS[words[hourAt] ?? ''];
  if (hour === undefined || hour > 23 || /^(?:a|an|un|couple)$/.test(words[hourAt] ?? '')) return null;
  const next = hourAt + (isCompound ? 2 : 1);
  if (words[next] === 'hundred') return withHalf(words, next + 1, hour * 60, false);
  if (hour < 13 || isPadded) return null;
  const minutesAt = words[next] === 'y' ? next + 1 : next;
  if (words[minutesAt] === 'media') return withHalf(words, minutesAt + 1, hour * 60 + 30, false);
  const minutes = readMinutes(words, minutesAt);
  if (minutes && minutes.value > 0 && minutes.value < 60 && (minutes.value > 12 || minutes.isPadded))
    return withHalf(words, minutes.next, hour * 60 + minutes.value, false);
  const isHour = /^(?:hours|horas|hrs)$/.test(words[next] ?? '') || words[at - 1] === 'las';
  return isHour ? withHalf(words, next, hour * 60, false) : null;
}

function readNoon(words: readonly string[], at: number): Clock | null {
  const isTwelve = words[at] === 'twelve' || words[at] === 'doce' || words[at] === '12';
  const of = words[at + 1] === 'del' || words[at + 1] === "o'clock" ? 1 : 0;
  const noonAt = isTwelve ? at + 1 + of : at;
  const word = words[noonAt] ?? '';
  if (NOON.has(word)) return { minutes: timeOfDay(12), half: 'pm', isBare: false, next: noonAt + 1 };
  return MIDNIGHT.has(word) ? { minutes: timeOfDay(24), half: 'pm', isBare: false, next: noonAt + 1 } : null;
}

/** "Half past five", "quarter to six", "half six" (British), "cuarto para las once", "diez para las dos". */
function readRelative(words: readonly string[], at: number): Clock | null {
  const start = words[at] === 'a' || words[at] === 'un' ? at + 1 : at;
  const word = words[start] ?? '';
  const isNamed = QUARTER.has(word) || word === 'half';
  const amount = QUARTER.has(word) ? 15 : word === 'half' ? 30 : readMinutes(words, start)?.value;
  if (amount === undefined) return null;
  const relationAt = isNamed ? start + 1 : (readMinutes(words, start)?.next ?? start + 1);
  const relation = words[relationAt] ?? '';
  const sign = /^(past|after|gone)$/.test(relation) ? 1 : /^(to|till|til|of|before|para)$/.test(relation) ? -1 : 0;
  // "Ten to two" is a range, "quarter to two" is not.
  const isCertain = isNamed || relation === 'past' || relation === 'para' || amount > 12;
  const hourAt = skipArticles(words, sign === 0 ? relationAt : relationAt + 1);
  const hour = readHour(words[hourAt]);
  if (hour === null || hour > 12 || (sign === 0 && word !== 'half')) return null;
  if (sign !== 0 && !isCertain) return null;
  const minutes = sign < 0 ? hour * 60 - amount : hour * 60 + amount;
  return withHalf(words, hourAt + 1, minutes, false);
}

/** Whether "once" is the English word and not Spanish eleven: "before eight thirty or once I'm done". */
const isSpanishEleven = (words: readonly string[], at: number): boolean =>
  /^(?:las|a|de|entre|y|desde|hasta|tipo|como|o|e|antes|despues|para)$/.test(words[at - 1] ?? '') ||
  /^(?:y|de|a|en|menos|horas|am|pm)$/.test(words[at + 1] ?? '') ||
  words.length === 1;

function readHourAndMinutes(words: readonly string[], at: number, mayJoin: boolean): Clock | null {
  const word = words[at] ?? '';
  const digital = /^(\d{1,2}):(\d{2})$/.exec(word) ?? /^(\d{1,2})(\d{2})$/.exec(word.length >= 3 ? word : '');
  if (digital) return toClock(words, at + 1, Number(digital[1]), Number(digital[2]), word.includes(':'));
  const hour = word === 'once' && !isSpanishEleven(words, at) ? null : readHour(word);
  if (hour === null) return null;
  if (words[at + 1] === '.' && /^\d{2}$/.test(words[at + 2] ?? ''))
    return toClock(words, at + 3, hour, Number(words[at + 2]), true);
  if (words[at + 1] === 'menos') {
    const less = QUARTER.has(words[at + 2] ?? '') ? 15 : NUMBERS[words[at + 2] ?? ''];
    if (less !== undefined && less < 30) return withHalf(words, at + 3, hour * 60 - less, false);
  }
  const isJoined = words[at + 1] === 'y' || words[at + 1] === 'con';
  const minutesAt = isJoined ? at + 2 : at + 1;
  const named = words[minutesAt] ?? '';
  if (isJoined && QUARTER.has(named)) return withHalf(words, minutesAt + 1, hour * 60 + 15, false);
  if ((isJoined || hour <= 12) && named === 'media') return withHalf(words, minutesAt + 1, hour * 60 + 30, false);
  if (isJoined && /^(pico|cacho|tantito|algo)$/.test(named)) return withHalf(words, minutesAt + 1, hour * 60, false);
  const minutes = hour <= 24 ? readMinutes(words, minutesAt) : null;
  // "Nine ten" may be two hours; "nine thirty" and "nine oh five" may not.
  const isNewHour = isJoined && (!mayJoin || (minutes?.value ?? 0) < 5);
  const isMinutes =
    minutes !== null && minutes.value < 60 && !isNewHour && (minutes.isPadded || isJoined || minutes.value > 12);
  if (isMinutes) return withHalf(words, minutes.next, hour * 60 + minutes.value, false);
  return withHalf(words, at + 1, hour * 60, true);
}

interface Minutes {
  readonly value: number;
  readonly next: number;
  /** Two digits were said or written, such as "oh five". */
  readonly isPadded: boolean;
}

function readMinutes(words: readonly string[], at: number): Minutes | null {
  const word = words[at] ?? '';
  if (/^\d{2}$/.test(word)) return { value: Number(word), next: at + 1, isPadded: true };
  if (/^\d$/.test(word)) return { value: Number(word), next: at + 1, isPadded: false };
  const following = words[at + 1] ?? '';
  if (word === 'oh' || word === 'zero' || word === 'cero') {
    const unit = HOURS[following];
    return unit !== undefined && unit < 10 ? { value: unit, next: at + 2, isPadded: true } : null;
  }
  const value = NUMBERS[word];
  if (value === undefined || word === 'a' || word === 'an' || word === 'un') return null;
  if (value >= 20 && value % 10 === 0) {
    const unitAt = following === 'y' ? at + 2 : at + 1;
    const unit = HOURS[words[unitAt] ?? ''];
    if (unit !== undefined && unit < 10) return { value: value + unit, next: unitAt + 1, isPadded: true };
  }
  return { value, next: at + 1, isPadded: false };
}

function readHour(word: string | undefined): number | null {
  if (word === undefined) return null;
  const hour = /^\d{1,2}$/.test(word) ? Number(word) : HOURS[word];
  return hour === undefined || hour > 24 || word === 'uno' ? null : hour;
}

function toClock(words: readonly string[], next: number, hour: number, minute: number, isSure: boolean): Clock | null {
  return hour > 24 || minute > 59 ? null : withHalf(words, next, hour * 60 + minute, !isSure);
}

/** Phrases after a time that mean a.m. or p.m. */
const HALVES: readonly (readonly [phrase: string, half: 'am' | 'pm'])[] = [
  ['am', 'am'],
  ['pm', 'pm'],
  ['in the morning', 'am'],
  ['in the afternoon', 'pm'],
  ['in the evening', 'pm'],
  ['at night', 'pm'],
  ['tonight', 'pm'],
  ['this afternoon', 'pm'],
  ['this evening', 'pm'],
  ['this morning', 'am'],
  ['de la manana', 'am'],
  ['de la madrugada', 'am'],
  ['de la tarde', 'pm'],
  ['de la noche', 'pm'],
  ['de la tardecita', 'pm'],
  ['por la tarde', 'pm'],
  ['por la noche', 'pm'],
  ['en la tarde', 'pm'],
  ['en la noche', 'pm'],
  ['por la manana', 'am'],
  ['en la manana', 'am'],
  ['del dia', 'pm'],
  ['del mediodia', 'pm'],
];
const IGNORED_AFTER = new Set(["o'clock", 'oclock', 'hrs', 'hs', 'h', 'horas', 'hours', 'ish', 'sharp', 'o']);

function withHalf(words: readonly string[], from: number, minutes: number, isBare: boolean): Clock | null {
  let next = from;
  let isNumberOnly = isBare;
  while (IGNORED_AFTER.has(words[next] ?? '') && (words[next] !== 'o' || words[next + 1] === 'clock')) {
    next += words[next] === 'o' ? 2 : 1;
    isNumberOnly = false;
  }
  if (words[next] === 'en' && words[next + 1] === 'punto') {
    next += 2;
    isNumberOnly = false;
  }
  const match = HALVES.find(([phrase]) => phrase.split(' ').every((word, index) => words[next + index] === word));
  if (match) next += match[0].split(' ').length;
  const half = match?.[1] ?? null;
  if (minutes < 0 || minutes > 1440) return null;
  if (minutes >= 13 * 60) return { minutes, half: 'pm', isBare: isNumberOnly && half === null, next };
  const face = minutes % 720;
  if (half === 'am') return { minutes: face, half, isBare: false, next };
  if (half === 'pm') return { minutes: face + 720, half, isBare: false, next };
  return { minutes: face, half: null, isBare: isNumberOnly, next };
}
