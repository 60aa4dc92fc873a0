import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import { parseConnectionOverrides, type WebhookFailureKind } from './connection-overrides.js';
import { exchange, HttpExchangeError, type HttpReply } from './http-exchange.js';
import { WebhookTimes } from './webhook-times.js';
import { computeTwilioSignature } from './twilio-signature.js';

export type WebhookMethod = 'GET' | 'POST';
/** The URL and method of a webhook. */
export interface Webhook {
  readonly url: string;
  readonly method: WebhookMethod;
}

export type WebhookParameters = Readonly<Record<string, string>>;

/** Twilio's debugger codes for webhooks that failed. */
const FAILURE_CODES: Readonly<Record<WebhookFailureKind, number>> = {
  '4xx': 11200,
  '5xx': 11200,
  ct: 11205,
  rt: 11205,
};

/** Thrown if a webhook got no 2xx response after all its retries. */
export class WebhookFailedError extends Error {
  override readonly name = 'WebhookFailedError';
  readonly code: number;

  constructor(
    readonly kind: WebhookFailureKind,
    message: string,
  ) {
    super(message);
    this.code = FAILURE_CODES[kind];
  }
}

/**
 * Pause before the first retry, in real ms. It doubles with each retry. Twilio documents no pause: with five retries
 * the pauses add up to 7.75 s, within Twilio's 15 s for all tries.
 */
const FIRST_RETRY_PAUSE_MS = 250;

/** Numbers of webhooks by result. The names are values of the metric's label `result`. */
export interface WebhookCounters {
  answered: number;
  failed: number;
  retried: number;
}

/** Sends webhooks as Twilio does: form-encoded, signed, with retries and timeouts from the URL's fragment. */
export class WebhookClient {
  readonly counters: WebhookCounters = { answered: 0, failed: 0, retried: 0 };
  readonly times = new WebhookTimes();

  constructor(private readonly authToken: string) {}

  /**
   * @param webhookUrl absolute; its fragment contains connection overrides and is neither sent nor signed
   * @throws WebhookFailedError if no try got a 2xx response
   */
  async send(webhookUrl: string, method: WebhookMethod, parameters: WebhookParameters): Promise<HttpReply> {
    const { url: baseUrl, overrides } = parseConnectionOverrides(webhookUrl);
    const form = new URLSearchParams(parameters).toString();
    const url = method === 'GET' ? baseUrl + (baseUrl.includes('?') ? '&' : '?') + form : baseUrl;
    const body = method === 'GET' ? null : form;
    const headers: Record<string, string> = {
      'x-twilio-signature': computeTwilioSignature(this.authToken, url, method === 'GET' ? {} : parameters),
      'i-twilio-idempotency-token': randomUUID(),
      'user-agent': 'TwilioProxy/1.1',
      accept: '*/*',
    };
    if (body !== null) {
      headers['content-type'] = 'application/x-www-form-urlencoded; charset=UTF-8';
      headers['content-length'] = String(Buffer.byteLength(body));
    }
    const startedAt = performance.now();
    const deadline = startedAt + overrides.totalTimeoutMs;
    for (let retry = 0; ; retry++) {
      const result = await this.sendOnce(url, method, headers, body, overrides, deadline);
      if (!(result instanceof WebhookFailedError)) {
        this.counters.answered += 1;
        const isDocument = result.contentType.includes('xml');
        this.times.record(isDocument ? 'documents' : 'reports', performance.now() - startedAt);
        return result;
      }
      const pauseMs = FIRST_RETRY_PAUSE_MS * 2 ** retry;
      const canRetry = retry < overrides.retryCount && overrides.retryPolicy.has(result.kind);
      if (!canRetry || performance.now() + pauseMs >= deadline) {
        this.counters.failed += 1;
        throw result;
      }
      this.counters.retried += 1;
      await sleep(pauseMs, undefined, { ref: false });
    }
  }

  private async sendOnce(
    url: string,
    method: WebhookMethod,
    headers: Readonly<Record<string, string>>,
    body: string | null,
    overrides: Parameters<typeof exchange>[2],
    deadline: number,
  ): Promise<HttpReply | WebhookFailedError> {
    try {
      const response = await exchange(
        url,
        { method, headers, body },
        overrides,
        Math.max(1, deadline - performance.now()),
      );
      if (response.status >= 200 && response.status < 300) return response;
      const kind = response.status >= 500 ? '5xx' : '4xx';
      return new WebhookFailedError(kind, `${method} ${url} returned status ${response.status}.`);
    } catch (error) {
      if (!(error instanceof HttpExchangeError)) throw error;
      return new WebhookFailedError(error.kind, error.message);
    }
  }
}
