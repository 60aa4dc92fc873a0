/**
 * How long a provider asks to be left alone: a `Retry-After` header by RFC 9110, seconds or an HTTP date.
 * @returns milliseconds from `now`; undefined where the header says nothing of the kind
 */
export function readRetryAfter(header: unknown, now: Date): number | undefined {
  if (typeof header !== 'string') return undefined;
  const seconds = Number(header);
  const milliseconds = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now.getTime();
  return Number.isFinite(milliseconds) ? Math.max(0, Math.round(milliseconds)) : undefined;
}
