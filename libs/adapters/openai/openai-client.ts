import type OpenAI from 'openai';
import { httpFetch } from '#libs/http/http-fetch.js';
import { toOpenAiError, createTimeoutError } from './openai-errors.js';

/** An account at OpenAI or at a provider with a compatible API. */
export interface OpenAiAccount {
  readonly apiKey: string;
  /** Base URL of an API compatible with OpenAI's, including the version. Defaults to `https://api.openai.com/v1`. */
  readonly baseUrl?: string | undefined;
  /** Timeout of one request, in milliseconds. Defaults to one minute. */
  readonly timeoutMs?: number | undefined;
}

/** Options of `OpenAiClient.request`. */
export interface OpenAiRequestOptions {
  /** Timeout of this request, in milliseconds. Has no effect if it exceeds the account's timeout. */
  readonly timeoutMs?: number | undefined;
}

const DEFAULT_TIMEOUT_MS = 60_000;
const DEFAULT_BASE_URL = 'https://api.openai.com/v1';

/**
 * Loads OpenAI's SDK on first use, reuses one client, and maps every failure to `ProviderError`. The SDK's own retries
 * are disabled: callers have a queue that counts attempts and waits for the provider's retry delay.
 */
export class OpenAiClient {
  private loading: Promise<OpenAI> | undefined;

  constructor(private readonly account: OpenAiAccount) {}

  /** Maximum duration of a request, in milliseconds. */
  get timeoutMs(): number {
    return this.account.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  }

  /**
   * Sends a request to OpenAI.
   * @param send calls a method of the SDK with these options
   * @throws ProviderError if the request fails
   */
  async request<T>(
    send: (openai: OpenAI, options: { readonly timeout: number; readonly signal: AbortSignal }) => Promise<T>,
    { timeoutMs = Infinity }: OpenAiRequestOptions = {},
  ): Promise<T> {
    this.loading ??= this.create();
    const openai = await this.loading;
    const timeout = Math.ceil(Math.max(1, Math.min(timeoutMs, this.timeoutMs)));
    // An additional signal, because the SDK's timeout alone may be reported as a broken connection.
    const signal = AbortSignal.timeout(timeout);
    try {
      return await send(openai, { timeout, signal });
    } catch (error) {
      throw signal.aborted ? createTimeoutError(error) : await toOpenAiError(error, new Date());
    }
  }

  private async create(): Promise<OpenAI> {
    const { default: Sdk } = await import('openai');
    return new Sdk({
      apiKey: this.account.apiKey,
      // Explicit values, so that the SDK does not read its environment variables.
      baseURL: this.account.baseUrl ?? DEFAULT_BASE_URL,
      organization: null,
      project: null,
      maxRetries: 0,
      // No request changes state at OpenAI. The SDK's own retries would also repeat rejections and timeouts.
      fetch: httpFetch({ isIdempotent: true }),
      logLevel: 'off',
    });
  }
}
