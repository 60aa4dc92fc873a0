/**
 * Parses a `Retry-After` header (RFC 9110): seconds or an HTTP date.
 * @returns milliseconds from `now`, at least 0; undefined if the header is absent or malformed
 * @example readRetryAfter('2', new Date()) // 2000
 */
export function readRetryAfter(header: unknown, now: Date): number | undefined {
  if (typeof header !== 'string') return undefined;
  const seconds = Number(header);
  const milliseconds = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now.getTime();
  return Number.isFinite(milliseconds) ? Math.max(0, Math.round(milliseconds)) : undefined;
}
