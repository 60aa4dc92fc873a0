import type RequestClient from 'twilio/lib/base/RequestClient.js';
import type Twilio from 'twilio/lib/rest/Twilio.js';

import { mayRepeat } from '#libs/http/may-repeat.js';
import { ProviderError } from '#libs/ports/errors.js';

import { isTimeout, neverSent, notReached, notUnderstood, refusedByTwilio } from './twilio-errors.js';

export interface TwilioAccount {
  /** `AC…`. */
  readonly accountSid: string;
  readonly authToken: string;
  /** Another place that speaks Twilio's REST API; Twilio itself by default. */
  readonly apiBaseUrl?: string | undefined;
  readonly timeoutMs?: number | undefined;
}

export const twilioApiBaseUrl = 'https://api.twilio.com';
export const defaultTimeoutMs = 10_000;

/** Loads Twilio's SDK on first use and keeps one client; whatever fails comes out as `ProviderError`. */
export class TwilioClient {
  private loading: Promise<Twilio> | undefined;

  constructor(readonly account: TwilioAccount) {}

  get baseUrl(): string {
    return (this.account.apiBaseUrl ?? twilioApiBaseUrl).replace(/\/+$/, '');
  }

  get timeoutMs(): number {
    return this.account.timeoutMs ?? defaultTimeoutMs;
  }

  /**
   * Asks Twilio. Whatever the SDK throws over an answer it does not understand is typed as well: after a write it must
   * count as perhaps done.
   */
  async ask<T>(method: 'get' | 'post' | 'delete', request: (twilio: Twilio) => Promise<T>): Promise<T> {
    this.loading ??= this.create();
    const twilio = await this.loading;
    try {
      return await request(twilio);
    } catch (error) {
      throw error instanceof ProviderError ? error : notUnderstood(method, error);
    }
  }

  private async create(): Promise<Twilio> {
    const [{ default: TwilioRest }, { default: Requests }] = await Promise.all([
      import('twilio/lib/rest/Twilio.js'),
      import('twilio/lib/base/RequestClient.js'),
    ]);
    const httpClient = withTypedErrors(Requests, this.timeoutMs);
    const client = new TwilioRest(this.account.accountSid, this.account.authToken, { httpClient });
    client.api.baseUrl = this.baseUrl;
    return client;
  }
}

/**
 * The SDK's HTTP client with errors mapped where status, headers and method are still known: its own exceptions keep
 * neither Retry-After nor the method.
 */
function withTypedErrors(Requests: typeof RequestClient, timeoutMs: number): RequestClient {
  // A kept connection that the other side has just closed breaks a request in an unknown state, and a call in an
  // unknown state costs the customer a minute. A new connection fails before anything was sent.
  const client = new Requests({ timeout: timeoutMs, keepAlive: false, autoRetry: false });
  const send = client.request.bind(client);
  client.request = async <TData>(options: RequestClient.RequestOptions<TData>) => {
    const attempt = (timeout: number) => send<TData>({ ...options, timeout });
    const response = await sendRepeatedly(attempt, options.method, timeoutMs).catch((error: unknown) => {
      throw notReached(options.method, error);
    });
    if (response.statusCode < 400) return response;
    // The declared type knows no headers; the SDK's client does hand them on.
    const { statusCode: status, body, headers } = response as RawResponse;
    throw refusedByTwilio({ method: options.method, status, body, headers: headers ?? {} }, new Date());
  };
  return client;
}

/**
 * Sends once more what certainly was not sent, and what only reads or deletes. A call or message that may have been
 * created is never sent again: the caller finds out by listing.
 * @param timeoutMs for both attempts together
 */
async function sendRepeatedly<T>(
  send: (timeoutMs: number) => Promise<T>,
  method: string,
  timeoutMs: number,
): Promise<T> {
  const until = performance.now() + timeoutMs;
  try {
    return await send(timeoutMs);
  } catch (error) {
    const leftMs = Math.floor(until - performance.now());
    const facts = { maybeSent: !neverSent(error), isAnswered: false, isCanceled: isTimeout(error) || leftMs < 1 };
    if (!mayRepeat(facts, method.toLowerCase() !== 'post')) throw error;
    return send(leftMs);
  }
}

interface RawResponse {
  readonly statusCode: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, unknown>>;
}
