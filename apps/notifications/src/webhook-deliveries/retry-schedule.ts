/** Seconds to wait before each retry. The first try is made at once. */
export type RetrySchedule = readonly number[];

/**
 * Ten tries over three days: at once, then after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h. The waits are
 * the example of the Standard Webhooks specification.
 */
export const STANDARD_SCHEDULE: RetrySchedule = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];

/** The waits between tries, and the source of their jitter. Tests inject both. */
export class RetryPolicy {
  constructor(
    readonly schedule: RetrySchedule,
    /** Returns a number in [0, 1). */
    readonly random: () => number,
  ) {}
}

/** The share by which each wait varies, so that retries do not reach a recovering partner all at once. */
const JITTER = 0.2;
/** The maximum `Retry-After` that is honored. */
const MAX_RETRY_AFTER_SECONDS = 86_400;
const HTTP_GONE = 410;

/** The result of one HTTP POST to the partner: its response, or the reason why no response arrived. */
export type PostResult =
  | { readonly kind: 'responded'; readonly status: number; readonly retryAfterSeconds?: number }
  | { readonly kind: 'failed'; readonly reason: string };

/** The decision after one try. */
export type WebhookVerdict =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'endpoint_gone' }
  | { readonly kind: 'exhausted' }
  | { readonly kind: 'retry'; readonly at: Date };

/**
 * Decides what to do after one try. Any 2xx means delivered. 410 disables the endpoint. Anything else, including a
 * redirect, is retried by the schedule, but not before the time in `Retry-After`.
 * @param tries number of tries, including this one
 * @param random in [0, 1)
 */
export function judgePostResult(
  postResult: PostResult,
  tries: number,
  schedule: RetrySchedule,
  now: Date,
  random: number,
): WebhookVerdict {
  if (postResult.kind === 'responded') {
    if (postResult.status >= 200 && postResult.status < 300) return { kind: 'delivered' };
    if (postResult.status === HTTP_GONE) return { kind: 'endpoint_gone' };
  }
  const waitSeconds = schedule[tries - 1];
  if (waitSeconds === undefined) return { kind: 'exhausted' };
  const jitteredSeconds = waitSeconds * (1 - JITTER + 2 * JITTER * random);
  const requestedSeconds = postResult.kind === 'responded' ? (postResult.retryAfterSeconds ?? 0) : 0;
  const seconds = Math.max(jitteredSeconds, Math.min(requestedSeconds, MAX_RETRY_AFTER_SECONDS));
  return { kind: 'retry', at: new Date(now.getTime() + Math.ceil(seconds * 1000)) };
}

/**
 * Parses a `Retry-After` header, which is a number of seconds or an HTTP date (RFC 9110, 10.2.3).
 * @returns seconds to wait; `undefined` if the header is absent or malformed
 */
export function parseRetryAfter(header: string | undefined, now: Date): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header.trim());
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, (date - now.getTime()) / 1000);
}
