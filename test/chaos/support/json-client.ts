import { setTimeout as sleep } from 'node:timers/promises';

/** An answer that repeating the request would not change. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly body: unknown,
    request: string,
  ) {
    super(`${request} was answered with ${status}: ${JSON.stringify(body).slice(0, 500)}`);
    this.name = 'Refusal';
  }
}

const REQUEST_TIMEOUT_MS = 8_000;
const RETRY_MS = 400;

/** A client of an HTTP API that repeats what is not answered, as a careful partner would. */
export class JsonClient {
  constructor(
    private readonly baseUrl: string,
    private readonly headers: Readonly<Record<string, string>>,
    /** After so long without an answer it gives up, in ms. */
    private readonly timeoutMs: number,
  ) {}

  get<T>(path: string): Promise<T> {
    return this.request<T>('GET', path);
  }

  /** @param idempotencyKey the same for all tries */
  post<T>(path: string, body: object, idempotencyKey: string = crypto.randomUUID()): Promise<T> {
    return this.request<T>('POST', path, body, { 'idempotency-key': idempotencyKey });
  }

  patch<T>(path: string, body: object): Promise<T> {
    return this.request<T>('PATCH', path, body, { 'idempotency-key': crypto.randomUUID() });
  }

  /** All items of a listing in pages. */
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

  /** One try. @throws Refusal for any answer but 2xx; Error without an answer */
  async once<T>(method: string, path: string, body?: object, more: Readonly<Record<string, string>> = {}): Promise<T> {
    const response = await fetch(`${this.baseUrl}${path}`, {
      method,
      headers: { ...this.headers, ...more, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    });
    const text = await response.text();
    const answer: unknown = text === '' ? undefined : parsed(text);
    if (!response.ok) throw new Refusal(response.status, answer, `${method} ${path}`);
    return answer as T;
  }

  private async request<T>(
    method: string,
    path: string,
    body?: object,
    more: Readonly<Record<string, string>> = {},
  ): Promise<T> {
    const deadline = Date.now() + this.timeoutMs;
    for (;;) {
      try {
        return await this.once<T>(method, path, body, more);
      } catch (error) {
        if (Date.now() >= deadline || (error instanceof Refusal && !mayBeRepeated(error))) throw error;
      }
      await sleep(RETRY_MS);
    }
  }
}

/** Something broke, or the API asks to come back: too many requests, or another request was at the same thing. */
const mayBeRepeated = ({ status }: Refusal): boolean => status >= 500 || status === 429 || status === 409;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export const bearer = (credential: string): Readonly<Record<string, string>> => ({
  authorization: `Bearer ${credential}`,
});
