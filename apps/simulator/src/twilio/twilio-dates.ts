const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (value: number): string => String(value).padStart(2, '0');

/** RFC 2822 in UTC, as Twilio writes it: `Tue, 31 Aug 2010 20:36:28 +0000`. Whole seconds. */
export function rfc2822(epochMs: number): string {
  const at = new Date(epochMs);
  const day = `${days[at.getUTCDay()]}, ${two(at.getUTCDate())} ${months[at.getUTCMonth()]} ${at.getUTCFullYear()}`;
  return `${day} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} +0000`;
}

/** A half-open range of instants, in epoch milliseconds. */
export interface TimeRange {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * The range a date filter of a listing stands for. Twilio takes a day (`2026-11-23`, UTC) or an instant.
 * @param comparison `=`: that day or that second; `<`: at or before; `>`: at or after.
 * @returns undefined when the value is no date.
 */
export function dateFilter(value: string, comparison: '=' | '<' | '>'): TimeRange | undefined {
  const fromMs = Date.parse(value);
  if (Number.isNaN(fromMs)) return undefined;
  const lengthMs = /^\d{4}-\d{2}-\d{2}$/.test(value) ? 86_400_000 : 1000;
  if (comparison === '=') return { fromMs, toMs: fromMs + lengthMs };
  return comparison === '<' ? { fromMs: -Infinity, toMs: fromMs + 1 } : { fromMs, toMs: Infinity };
}
