import { httpFetch } from '#libs/http/http-fetch.js';
import { ProviderError, type ProviderErrorCode } from '#libs/ports/errors.js';
import { readRetryAfter } from '../retry-after.js';

/** The options of a request to a routing server. */
export type RouterRequest = RequestInit & { readonly timeoutMs: number };

/** Requests for travel times change no state, so `httpFetch` may retry them after a connection failure. */
const fetchTimes = httpFetch({ isIdempotent: true });

/** Requests JSON from a routing server. Maps every failure to `ProviderError`. */
export async function requestRouter(
  provider: string,
  url: URL,
  { timeoutMs, ...init }: RouterRequest,
): Promise<unknown> {
  const toError = (code: ProviderErrorCode, message: string, extra: { retryAfterMs?: number; cause?: unknown } = {}) =>
    new ProviderError({ provider, code, effect: 'none', message: `${provider}: ${message}`, ...extra });
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetchTimes(url, { ...init, signal });
    const body = await response.text();
    if (response.ok) return JSON.parse(body) as unknown;
    const summary = `responded with ${response.status}: ${body.slice(0, 200)}`;
    if (response.status === 429) {
      const retryAfterMs = readRetryAfter(response.headers.get('retry-after'), new Date());
      throw toError('rate_limited', summary, retryAfterMs === undefined ? {} : { retryAfterMs });
    }
    if (response.status === 401 || response.status === 403) throw toError('unauthorized', summary);
    throw toError(response.status >= 500 ? 'unavailable' : 'invalid_input', summary);
  } catch (error) {
    if (error instanceof ProviderError) throw error;
    if (signal.aborted) throw toError('timeout', `no response within ${timeoutMs} ms`, { cause: error });
    const isNotJson = error instanceof SyntaxError;
    throw toError('unavailable', isNotJson ? 'the response is not JSON' : 'server unreachable', { cause: error });
  }
}

/**
 * Validates a matrix of travel times in seconds; `null` means that no road connects the pair.
 * @param height number of rows, one for each origin
 * @param width number of columns, one for each destination
 * @throws ProviderError if the response is not a matrix of the requested size
 */
export function toTravelTimes(provider: string, rows: unknown, height: number, width: number): (number | null)[][] {
  const isTime = (value: unknown): value is number | null =>
    value === null || (typeof value === 'number' && Number.isFinite(value) && value >= 0);
  const isComplete =
    Array.isArray(rows) &&
    rows.length === height &&
    rows.every((row) => Array.isArray(row) && row.length === width && row.every(isTime));
  if (isComplete) return rows as (number | null)[][];
  throw new ProviderError({
    provider,
    code: 'unavailable',
    effect: 'none',
    message: `${provider}: the response is not a matrix of ${height} by ${width} times`,
  });
}
