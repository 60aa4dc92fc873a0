/** How a webhook failed: status 4xx or 5xx, connect timeout (`ct`) or read timeout (`rt`). */
export type WebhookFailureKind = '4xx' | '5xx' | 'ct' | 'rt';

/** Twilio's connection overrides, from the fragment of a webhook's URL. Times are real milliseconds. */
export interface ConnectionOverrides {
  readonly connectTimeoutMs: number;
  readonly readTimeoutMs: number;
  /** Covers all tries together. */
  readonly totalTimeoutMs: number;
  readonly retryCount: number;
  readonly retryPolicy: ReadonlySet<WebhookFailureKind>;
}

const allKinds: readonly WebhookFailureKind[] = ['4xx', '5xx', 'ct', 'rt'];

/**
 * Splits a webhook URL such as `https://host/path#rc=2&rp=5xx,ct` into the URL to request and its connection overrides.
 * Names, limits and defaults are those of Twilio's "Webhooks: connection overrides": `ct` 100–10000 (5000), `rt`
 * 100–15000 (15000), `tt` 100–15000 (15000), `rc` 0–5 (1), `rp` any of 4xx, 5xx, ct, rt, all (ct). Values outside the
 * limits are clamped; other names (`e`, `sni`) are ignored.
 */
export function connectionOverrides(webhookUrl: string): {
  readonly url: string;
  readonly overrides: ConnectionOverrides;
} {
  const hash = webhookUrl.indexOf('#');
  const url = hash < 0 ? webhookUrl : webhookUrl.slice(0, hash);
  const given = new URLSearchParams(hash < 0 ? '' : webhookUrl.slice(hash + 1));
  const number = (name: string, defaultValue: number, min: number, max: number): number => {
    const value = Number(given.get(name) ?? NaN);
    return Number.isFinite(value) ? Math.min(max, Math.max(min, Math.round(value))) : defaultValue;
  };
  const policies = (given.get('rp') ?? 'ct').split(',');
  return {
    url,
    overrides: {
      connectTimeoutMs: number('ct', 5000, 100, 10_000),
      readTimeoutMs: number('rt', 15_000, 100, 15_000),
      totalTimeoutMs: number('tt', 15_000, 100, 15_000),
      retryCount: number('rc', 1, 0, 5),
      retryPolicy: new Set(policies.includes('all') ? allKinds : allKinds.filter((kind) => policies.includes(kind))),
    },
  };
}
