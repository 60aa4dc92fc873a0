const DAY_NAMES = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTH_NAMES = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const toTwoDigits = (value: number): string => String(value).padStart(2, '0');

/** Formats an instant as RFC 2822 in UTC, as Twilio does: `Tue, 31 Aug 2010 20:36:28 +0000`. Whole seconds. */
export function formatRfc2822(epochMs: number): string {
  const at = new Date(epochMs);
  const date = `${DAY_NAMES[at.getUTCDay()]}, ${toTwoDigits(at.getUTCDate())} ${MONTH_NAMES[at.getUTCMonth()]} ${at.getUTCFullYear()}`;
  return `${date} ${toTwoDigits(at.getUTCHours())}:${toTwoDigits(at.getUTCMinutes())}:${toTwoDigits(at.getUTCSeconds())} +0000`;
}

/** A half-open range of instants, in epoch milliseconds. */
export interface TimeRange {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * Parses a date filter of a listing. Twilio accepts a day (`2026-11-23`, UTC) or an instant.
 * @param comparison `=`: that day or that second; `<`: at or before; `>`: at or after
 * @returns undefined if the value is not a date
 */
export function parseDateFilter(value: string, comparison: '=' | '<' | '>'): TimeRange | undefined {
  const fromMs = Date.parse(value);
  if (Number.isNaN(fromMs)) return undefined;
  const lengthMs = /^\d{4}-\d{2}-\d{2}$/.test(value) ? 86_400_000 : 1000;
  if (comparison === '=') return { fromMs, toMs: fromMs + lengthMs };
  return comparison === '<' ? { fromMs: -Infinity, toMs: fromMs + 1 } : { fromMs, toMs: Infinity };
}
