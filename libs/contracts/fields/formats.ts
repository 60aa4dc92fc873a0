import { TIME_ZONES } from './time-zones.js';

/* Formats that class-validator has no strict check for. Each takes any value and never throws. */

/** `[0-9]`, because `\d` means more digits in other languages' expressions than in ours. */
export const INSTANT = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?Z$/;

/**
 * A UTC instant that exists: `2026-02-30T00:00:00Z` does not. By arithmetic, because `Date` took more than half of the time
 * that reading a delivery takes.
 */
export function isInstant(value: unknown): boolean {
  if (typeof value !== 'string' || !INSTANT.test(value)) return false;
  const month = twoDigits(value, 5);
  const day = twoDigits(value, 8);
  if (month < 1 || month > 12 || day < 1) return false;
  if (day > 28 && day > daysIn(month, twoDigits(value, 0) * 100 + twoDigits(value, 2))) return false;
  return twoDigits(value, 11) < 24 && twoDigits(value, 14) < 60 && twoDigits(value, 17) < 60;
}

const twoDigits = (text: string, at: number): number => 10 * text.charCodeAt(at) + text.charCodeAt(at + 1) - 11 * 48;

/** Of the Gregorian calendar, which ISO 8601 extends to the years before it. */
function daysIn(month: number, year: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
}

const zones = new Set<unknown>(TIME_ZONES);

/** A name of the IANA time zone database, spelled as there. */
export const isTimeZone = (value: unknown): boolean => zones.has(value);

/** `[longitude, latitude]` in degrees. */
export function isPosition(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length === 2 &&
    value.every((degree) => typeof degree === 'number' && Number.isFinite(degree)) &&
    Math.abs(value[0] as number) <= 180 &&
    Math.abs(value[1] as number) <= 90
  );
}

/** Text that every store and every other language can hold: no NUL, no half of a surrogate pair. */
export function isPlainText(value: unknown): boolean {
  return typeof value === 'string' && !value.includes('\0') && value.isWellFormed();
}

/**
 * The beginning of what somebody outside said or wrote, as every contract takes it: at most `max` UTF-16 units, with
 * U+FFFD for a NUL and for half a surrogate pair, so that every offset into the text still holds.
 */
export function clipText(text: string, max: number): string {
  const last = text.charCodeAt(max - 1);
  const splitsPair = text.length > max && last >= 0xd800 && last <= 0xdbff;
  return text
    .slice(0, splitsPair ? max - 1 : max)
    .toWellFormed()
    .replaceAll('\0', '\uFFFD');
}

/** Length in code points, as JSON Schema counts it; class-validator leaves out variation selectors. */
export function lengthOf(text: string): number {
  let surrogatePairs = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 0xd800 && unit < 0xdc00) surrogatePairs++;
  }
  return text.length - surrogatePairs;
}
