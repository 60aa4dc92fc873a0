/** Seconds to wait before each further try; the first is made at once. */
export type RetrySchedule = readonly number[];

/**
 * Ten tries over three days, the waits of the Standard Webhooks specification's own example: at once, then after 5 s,
 * 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h.
 */
export const STANDARD_SCHEDULE: RetrySchedule = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];

/** How tries are spaced; both are arguments so that a test can set them. */
export class RetryPolicy {
  constructor(
    readonly schedule: RetrySchedule,
    /** In [0, 1). */
    readonly random: () => number,
  ) {}
}

/** Each wait is stretched or shortened by up to this share, so that a partner who comes back is not met all at once. */
const JITTER = 0.2;
/** A partner may ask for a longer wait, not for more than this. */
const LONGEST_RETRY_AFTER_SECONDS = 86_400;
const GONE = 410;

/** What came of one try over HTTP. */
export type WebhookAttempt =
  | { readonly kind: 'answered'; readonly status: number; readonly retryAfterSeconds?: number }
  | { readonly kind: 'failed'; readonly reason: string };

export type WebhookVerdict =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'endpoint_gone' }
  | { readonly kind: 'exhausted' }
  | { readonly kind: 'retry'; readonly at: Date };

/**
 * Judges one try. Any 2xx is delivered; 410 disables the endpoint; everything else, redirects included, is tried again
 * by the schedule, but not before the time a `Retry-After` asks for.
 * @param tries how many were made, this one included
 * @param random in [0, 1)
 */
export function judgeAttempt(
  attempt: WebhookAttempt,
  tries: number,
  schedule: RetrySchedule,
  now: Date,
  random: number,
): WebhookVerdict {
  if (attempt.kind === 'answered') {
    if (attempt.status >= 200 && attempt.status < 300) return { kind: 'delivered' };
    if (attempt.status === GONE) return { kind: 'endpoint_gone' };
  }
  const wait = schedule[tries - 1];
  if (wait === undefined) return { kind: 'exhausted' };
  const jittered = wait * (1 - JITTER + 2 * JITTER * random);
  const asked = attempt.kind === 'answered' ? (attempt.retryAfterSeconds ?? 0) : 0;
  const seconds = Math.max(jittered, Math.min(asked, LONGEST_RETRY_AFTER_SECONDS));
  return { kind: 'retry', at: new Date(now.getTime() + Math.ceil(seconds * 1000)) };
}

/**
 * Seconds that a `Retry-After` header asks to wait: a number of seconds or an HTTP date (RFC 9110, 10.2.3).
 * `undefined` when there is none or it cannot be read.
 */
export function parseRetryAfter(header: string | undefined, now: Date): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header.trim());
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, (date - now.getTime()) / 1000);
}
