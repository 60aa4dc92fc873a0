import { TIME_ZONES } from './time-zones.js';

/* Formats for which class-validator has no strict check. Each check takes any value and never throws. */

/** Form of a UTC instant. Uses `[0-9]`, because `\d` matches other Unicode digits in some languages. */
export const INSTANT = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?Z$/;

/**
 * Whether a value is a UTC instant that exists: `2026-02-30T00:00:00Z` does not. Uses arithmetic, because `Date` took
 * more than half of the time to read a delivery.
 */
export function isInstant(value: unknown): boolean {
  if (typeof value !== 'string' || !INSTANT.test(value)) return false;
  const month = parseTwoDigits(value, 5);
  const day = parseTwoDigits(value, 8);
  if (month < 1 || month > 12 || day < 1) return false;
  if (day > 28 && day > getDaysInMonth(month, parseTwoDigits(value, 0) * 100 + parseTwoDigits(value, 2))) return false;
  return parseTwoDigits(value, 11) < 24 && parseTwoDigits(value, 14) < 60 && parseTwoDigits(value, 17) < 60;
}

/** Parses the two ASCII digits at an index: 48 is the code of `0`. */
const parseTwoDigits = (text: string, at: number): number =>
  10 * text.charCodeAt(at) + text.charCodeAt(at + 1) - 11 * 48;

/** Days in a month of the proleptic Gregorian calendar, as ISO 8601 defines it. */
function getDaysInMonth(month: number, year: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
}

const zoneNames = new Set<unknown>(TIME_ZONES);

/** Whether a value is a name of the IANA time zone database. Case-sensitive. */
export const isTimeZone = (value: unknown): boolean => zoneNames.has(value);

/** Whether a value is `[longitude, latitude]` in degrees. */
export function isPosition(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length === 2 &&
    value.every((degree) => typeof degree === 'number' && Number.isFinite(degree)) &&
    Math.abs(value[0] as number) <= 180 &&
    Math.abs(value[1] as number) <= 90
  );
}

/** Whether a value is text that every database and programming language can represent: no NUL and no lone surrogate. */
export function isPlainText(value: unknown): boolean {
  return typeof value === 'string' && !value.includes('\0') && value.isWellFormed();
}

/**
 * Truncates text from outside DelAuto so that every contract accepts it. Replaces each NUL and lone surrogate with
 * U+FFFD, so that offsets into the text stay valid.
 * @param max maximum length of the result in UTF-16 code units
 * @example clipText('a\0b', 2) // 'a\uFFFD'
 */
export function clipText(text: string, max: number): string {
  const lastUnit = text.charCodeAt(max - 1);
  const wouldSplitPair = text.length > max && lastUnit >= 0xd800 && lastUnit <= 0xdbff;
  return text
    .slice(0, wouldSplitPair ? max - 1 : max)
    .toWellFormed()
    .replaceAll('\0', '\uFFFD');
}

/** Returns the length in code points, as JSON Schema counts it. class-validator does not count variation selectors. */
export function countCodePoints(text: string): number {
  let surrogatePairs = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 0xd800 && unit < 0xdc00) surrogatePairs++;
  }
  return text.length - surrogatePairs;
}
