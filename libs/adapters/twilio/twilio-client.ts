import type RequestClient from 'twilio/lib/base/RequestClient.js';
import type Twilio from 'twilio/lib/rest/Twilio.js';

import { shouldRetry } from '#libs/http/should-retry.js';
import { ProviderError } from '#libs/ports/errors.js';

import {
  isTimeout,
  isCertainlyUnsent,
  createUnreachableError,
  createUnexpectedResponseError,
  toProviderError,
} from './twilio-errors.js';

/** An account at Twilio or at a provider with a compatible API. */
export interface TwilioAccount {
  /** Account SID, which begins with `AC`. */
  readonly accountSid: string;
  readonly authToken: string;
  /** Base URL of an API compatible with Twilio's REST API. Defaults to Twilio itself. */
  readonly apiBaseUrl?: string | undefined;
  /** Timeout of one request, including its retry. Default: 10 s. */
  readonly timeoutMs?: number | undefined;
}

/** The base URL of Twilio’s REST API in its default region (US1). */
export const twilioApiBaseUrl = 'https://api.twilio.com';
/** Default timeout of one request, in milliseconds. */
export const defaultTimeoutMs = 10_000;

/** Loads Twilio's SDK on first use, reuses one client, and maps every failure to `ProviderError`. */
export class TwilioClient {
  private clientPromise: Promise<Twilio> | undefined;

  constructor(readonly account: TwilioAccount) {}

  get baseUrl(): string {
    return (this.account.apiBaseUrl ?? twilioApiBaseUrl).replace(/\/+$/, '');
  }

  get timeoutMs(): number {
    return this.account.timeoutMs ?? defaultTimeoutMs;
  }

  /**
   * Sends a request to Twilio. Errors of the SDK about an unparsable response are mapped as well, because a write may
   * then have taken effect.
   * @param method determines whether a failed request may have had an effect
   * @param send calls a method of the SDK
   * @throws ProviderError if the request fails
   */
  async request<T>(method: 'get' | 'post' | 'delete', send: (twilio: Twilio) => Promise<T>): Promise<T> {
    this.clientPromise ??= this.create();
    const twilio = await this.clientPromise;
    try {
      return await send(twilio);
    } catch (error) {
      throw error instanceof ProviderError ? error : createUnexpectedResponseError(method, error);
    }
  }

  private async create(): Promise<Twilio> {
    const [{ default: TwilioRest }, { default: Requests }] = await Promise.all([
      import('twilio/lib/rest/Twilio.js'),
      import('twilio/lib/base/RequestClient.js'),
    ]);
    const httpClient = createHttpClient(Requests, this.timeoutMs);
    const client = new TwilioRest(this.account.accountSid, this.account.authToken, { httpClient });
    client.api.baseUrl = this.baseUrl;
    return client;
  }
}

/**
 * Creates an HTTP client for the SDK that maps errors itself, because it knows the status, the headers and the method.
 * The SDK's own exceptions contain neither Retry-After nor the method.
 */
function createHttpClient(Requests: typeof RequestClient, timeoutMs: number): RequestClient {
  // Without keep-alive: when the server has just closed a reused connection, it is unknown whether the request arrived,
  // and reconciling a call in this state takes a minute. A new connection fails before the request is sent.
  const client = new Requests({ timeout: timeoutMs, keepAlive: false, autoRetry: false });
  const send = client.request.bind(client);
  client.request = async <TData>(options: RequestClient.RequestOptions<TData>) => {
    const attempt = (timeout: number) => send<TData>({ ...options, timeout });
    const response = await sendWithRetry(attempt, options.method, timeoutMs).catch((error: unknown) => {
      throw createUnreachableError(options.method, error);
    });
    if (response.statusCode < 400) return response;
    // The declared type has no headers, but the SDK's client returns them.
    const { statusCode: status, body, headers } = response as RawResponse;
    throw toProviderError({ method: options.method, status, body, headers: headers ?? {} }, new Date());
  };
  return client;
}

/**
 * Repeats a request once if it certainly was not sent, or if it is idempotent (GET or DELETE). A request that may have
 * created a call or message is never repeated: the caller lists calls or messages to find out.
 * @param timeoutMs total for both attempts, in milliseconds
 */
async function sendWithRetry<T>(
  send: (timeoutMs: number) => Promise<T>,
  method: string,
  timeoutMs: number,
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  try {
    return await send(timeoutMs);
  } catch (error) {
    const remainingMs = Math.floor(deadline - performance.now());
    const facts = {
      maybeSent: !isCertainlyUnsent(error),
      hasInvalidResponse: false,
      isCanceled: isTimeout(error) || remainingMs < 1,
    };
    if (!shouldRetry(facts, method.toLowerCase() !== 'post')) throw error;
    return send(remainingMs);
  }
}

interface RawResponse {
  readonly statusCode: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, unknown>>;
}
