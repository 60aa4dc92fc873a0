/** Formats that class-validator has no strict check for. Each takes any value and never throws. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/;

/** A UTC instant that exists: `2026-02-30T00:00:00Z` does not. */
export function isInstant(value: unknown): boolean {
  if (typeof value !== 'string' || !INSTANT.test(value)) return false;
  const time = Date.parse(value);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 19) === value.slice(0, 19);
}

const knownZones = new Map<string, boolean>();
const MOST_ZONES_REMEMBERED = 2000;

/** An IANA zone this runtime knows; answers are remembered because Intl builds a formatter for each question. */
export function isTimeZone(value: unknown): boolean {
  if (typeof value !== 'string' || value.length > 64 || !/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(value)) return false;
  const known = knownZones.get(value);
  if (known !== undefined) return known;
  let valid = true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
  } catch {
    valid = false;
  }
  if (knownZones.size < MOST_ZONES_REMEMBERED) knownZones.set(value, valid);
  return valid;
}

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
