import type OpenAI from 'openai';
import { httpFetch } from '#libs/http/http-fetch.js';
import { openAiFailure, timedOut } from './openai-errors.js';

export interface OpenAiAccount {
  readonly apiKey: string;
  /** Another place that speaks OpenAI's API, with its version: `https://api.openai.com/v1` by default. */
  readonly baseUrl?: string | undefined;
  /** For one request; a minute by default. */
  readonly timeoutMs?: number | undefined;
}

export interface AskOptions {
  /** Less than the account's, where the caller has less time. */
  readonly timeoutMs?: number | undefined;
}

const DEFAULT_TIMEOUT_MS = 60_000;
const DEFAULT_BASE_URL = 'https://api.openai.com/v1';

/**
 * Loads OpenAI's SDK on first use and keeps one client; whatever fails comes out as `ProviderError`. The SDK's own
 * retries are off: who asks us has a queue that remembers its tries, and waits as long as the provider said.
 */
export class OpenAiClient {
  private loading: Promise<OpenAI> | undefined;

  constructor(private readonly account: OpenAiAccount) {}

  /** The longest a request may take. */
  get timeoutMs(): number {
    return this.account.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  }

  async ask<T>(
    request: (openai: OpenAI, options: { readonly timeout: number; readonly signal: AbortSignal }) => Promise<T>,
    { timeoutMs = Infinity }: AskOptions = {},
  ): Promise<T> {
    this.loading ??= this.create();
    const openai = await this.loading;
    const timeout = Math.ceil(Math.max(1, Math.min(timeoutMs, this.timeoutMs)));
    // A signal of our own: where the SDK's time-out cuts a connection, the platform may only say that it broke.
    const signal = AbortSignal.timeout(timeout);
    try {
      return await request(openai, { timeout, signal });
    } catch (error) {
      throw signal.aborted ? timedOut(error) : await openAiFailure(error, new Date());
    }
  }

  private async create(): Promise<OpenAI> {
    const { default: Sdk } = await import('openai');
    return new Sdk({
      apiKey: this.account.apiKey,
      // Named, so that the SDK does not take them from its own environment variables.
      baseURL: this.account.baseUrl ?? DEFAULT_BASE_URL,
      organization: null,
      project: null,
      maxRetries: 0,
      // Nothing asked here changes anything at OpenAI. The SDK's own retries would repeat refusals and time-outs as well.
      fetch: httpFetch({ isRepeatable: true }),
      logLevel: 'off',
    });
  }
}
