/** The kind of a webhook's failure: status 4xx or 5xx, connect timeout (`ct`) or read timeout (`rt`). */
export type WebhookFailureKind = '4xx' | '5xx' | 'ct' | 'rt';

/** Twilio's connection overrides, from the fragment of a webhook's URL. Times are real milliseconds. */
export interface ConnectionOverrides {
  readonly connectTimeoutMs: number;
  readonly readTimeoutMs: number;
  /** Maximum time of all tries together. */
  readonly totalTimeoutMs: number;
  readonly retryCount: number;
  readonly retryPolicy: ReadonlySet<WebhookFailureKind>;
}

const ALL_KINDS: readonly WebhookFailureKind[] = ['4xx', '5xx', 'ct', 'rt'];

/**
 * Splits a webhook URL such as `https://host/path#rc=2&rp=5xx,ct` into the URL to request and its connection overrides.
 * Names, limits and defaults are those of Twilio's "Webhooks: connection overrides": `ct` 100–10000 (5000), `rt`
 * 100–15000 (15000), `tt` 100–15000 (15000), `rc` 0–5 (1), `rp` any of 4xx, 5xx, ct, rt, all (ct). Values outside the
 * limits are clamped; other names (`e`, `sni`) are ignored.
 */
export function parseConnectionOverrides(webhookUrl: string): {
  readonly url: string;
  readonly overrides: ConnectionOverrides;
} {
  const fragmentIndex = webhookUrl.indexOf('#');
  const url = fragmentIndex < 0 ? webhookUrl : webhookUrl.slice(0, fragmentIndex);
  const fragment = new URLSearchParams(fragmentIndex < 0 ? '' : webhookUrl.slice(fragmentIndex + 1));
  const readNumber = (name: string, defaultValue: number, min: number, max: number): number => {
    const value = Number(fragment.get(name) ?? NaN);
    return Number.isFinite(value) ? Math.min(max, Math.max(min, Math.round(value))) : defaultValue;
  };
  const policies = (fragment.get('rp') ?? 'ct').split(',');
  return {
    url,
    overrides: {
      connectTimeoutMs: readNumber('ct', 5000, 100, 10_000),
      readTimeoutMs: readNumber('rt', 15_000, 100, 15_000),
      totalTimeoutMs: readNumber('tt', 15_000, 100, 15_000),
      retryCount: readNumber('rc', 1, 0, 5),
      retryPolicy: new Set(policies.includes('all') ? ALL_KINDS : ALL_KINDS.filter((kind) => policies.includes(kind))),
    },
  };
}
