import { setTimeout as sleep } from 'node:timers/promises';

/** A response other than 2xx. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly body: unknown,
    request: string,
  ) {
    super(`${request} failed with status ${status}: ${JSON.stringify(body).slice(0, 500)}`);
    this.name = 'Refusal';
  }
}

const REQUEST_TIMEOUT_MS = 8_000;
const RETRY_MS = 400;

/** An HTTP API client that retries requests as a careful partner would. */
export class JsonClient {
  constructor(
    private readonly baseUrl: string,
    private readonly headers: Readonly<Record<string, string>>,
    /** Milliseconds after which it stops retrying. */
    private readonly timeoutMs: number,
  ) {}

  get<T>(path: string): Promise<T> {
    return this.request<T>('GET', path);
  }

  /** @param idempotencyKey The same for all attempts. */
  post<T>(path: string, body: object, idempotencyKey: string = crypto.randomUUID()): Promise<T> {
    return this.request<T>('POST', path, body, { 'idempotency-key': idempotencyKey });
  }

  patch<T>(path: string, body: object): Promise<T> {
    return this.request<T>('PATCH', path, body, { 'idempotency-key': crypto.randomUUID() });
  }

  /** Reads all items of a paginated list. */
  async list<T>(path: string): Promise<T[]> {
    const items: T[] = [];
    let cursor: string | undefined;
    do {
      const separator = path.includes('?') ? '&' : '?';
      const after = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page = await this.get<{ items: T[]; nextCursor?: string }>(`${path}${separator}limit=200${after}`);
      items.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return items;
  }

  /**
   * Sends the request once.
   *
   * @throws Refusal for any response other than 2xx, and Error if there is no response.
   */
  async requestOnce<T>(
    method: string,
    path: string,
    body?: object,
    extraHeaders: Readonly<Record<string, string>> = {},
  ): Promise<T> {
    const response = await fetch(`${this.baseUrl}${path}`, {
      method,
      headers: { ...this.headers, ...extraHeaders, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    });
    const text = await response.text();
    const responseBody: unknown = text === '' ? undefined : parseText(text);
    if (!response.ok) throw new Refusal(response.status, responseBody, `${method} ${path}`);
    return responseBody as T;
  }

  private async request<T>(
    method: string,
    path: string,
    body?: object,
    extraHeaders: Readonly<Record<string, string>> = {},
  ): Promise<T> {
    const deadline = Date.now() + this.timeoutMs;
    for (;;) {
      try {
        return await this.requestOnce<T>(method, path, body, extraHeaders);
      } catch (error) {
        if (Date.now() >= deadline || (error instanceof Refusal && !isRetryable(error))) throw error;
      }
      await sleep(RETRY_MS);
    }
  }
}

/** The server failed, or requests a retry: too many requests, or a conflict with another request. */
const isRetryable = ({ status }: Refusal): boolean => status >= 500 || status === 429 || status === 409;

function parseText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export const bearer = (credential: string): Readonly<Record<string, string>> => ({
  authorization: `Bearer ${credential}`,
});
