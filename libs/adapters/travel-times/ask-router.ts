import { httpFetch } from '#libs/http/http-fetch.js';
import { ProviderError, type ProviderErrorCode } from '#libs/ports/errors.js';
import { readRetryAfter } from '../retry-after.js';

export type RouterRequest = RequestInit & { readonly timeoutMs: number };

/** Asking twice for travel times is harmless. */
const fetchTimes = httpFetch({ isRepeatable: true });

/** Asks a routing server for JSON; whatever fails comes out as `ProviderError`. */
export async function askRouter(provider: string, url: URL, { timeoutMs, ...init }: RouterRequest): Promise<unknown> {
  const fail = (code: ProviderErrorCode, message: string, more: { retryAfterMs?: number; cause?: unknown } = {}) =>
    new ProviderError({ provider, code, effect: 'none', message: `${provider}: ${message}`, ...more });
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetchTimes(url, { ...init, signal });
    const body = await response.text();
    if (response.ok) return JSON.parse(body) as unknown;
    const said = `answered ${response.status}: ${body.slice(0, 200)}`;
    if (response.status === 429) {
      const retryAfterMs = readRetryAfter(response.headers.get('retry-after'), new Date());
      throw fail('rate_limited', said, retryAfterMs === undefined ? {} : { retryAfterMs });
    }
    if (response.status === 401 || response.status === 403) throw fail('unauthorized', said);
    throw fail(response.status >= 500 ? 'unavailable' : 'invalid_input', said);
  } catch (error) {
    if (error instanceof ProviderError) throw error;
    if (signal.aborted) throw fail('timeout', `no answer within ${timeoutMs} ms`, { cause: error });
    const isUnreadable = error instanceof SyntaxError;
    throw fail('unavailable', isUnreadable ? 'the answer is not JSON' : 'not reachable', { cause: error });
  }
}

/** @throws ProviderError where an answer is not what was asked for */
export function timesOf(provider: string, rows: unknown, height: number, width: number): (number | null)[][] {
  const isTime = (value: unknown): value is number | null =>
    value === null || (typeof value === 'number' && Number.isFinite(value) && value >= 0);
  const isWhole =
    Array.isArray(rows) &&
    rows.length === height &&
    rows.every((row) => Array.isArray(row) && row.length === width && row.every(isTime));
  if (isWhole) return rows as (number | null)[][];
  throw new ProviderError({
    ...{ provider, code: 'unavailable', effect: 'none' },
    message: `${provider}: the answer is no matrix of ${height} by ${width} times`,
  });
}
