import { ConnectionError, ProblemError, readProblem } from './problem-error.js';

export interface ClientOptions {
  /** Base URL of the API, for example `https://api.example.com`. */
  readonly baseUrl: string;
  /** An API key or an access token. A function is called before each attempt, for tokens that are renewed. */
  readonly credential?: string | (() => string | Promise<string>);
  /** Maximum number of retries after a transient failure. Defaults to 4. */
  readonly retries?: number;
  /** Timeout of a single attempt in milliseconds. Defaults to 30,000. */
  readonly timeoutMs?: number;
  readonly fetch?: typeof globalThis.fetch;
  /** Replaces the delay between attempts in tests. */
  readonly sleep?: (ms: number) => Promise<void>;
}

export interface CallOptions {
  /** Identifies the request permanently. By default each call generates a key and reuses it for its retries. */
  readonly idempotencyKey?: string;
  /** The `revision` that was read. The request fails if the document has changed since. */
  readonly ifMatch?: number;
  readonly signal?: AbortSignal;
}

/** A request body that is not JSON, such as CSV. */
export class TextBody {
  readonly contentType: string;
  readonly text: string;

  constructor(contentType: string, text: string) {
    this.contentType = contentType;
    this.text = text;
  }
}

export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  /** Whether the operation accepts an `Idempotency-Key`. */
  readonly keyed: boolean;
  /** The part of the response that the call returns. */
  readonly answer: 'json' | 'text' | 'location' | 'nothing';
}

const FIRST_PAUSE_MS = 250;
const MAX_PAUSE_MS = 20_000;
/** HTTP statuses of transient failures. */
const TRANSIENT_STATUSES = new Set([429, 502, 503, 504]);

/** Sends requests with idempotency keys, retries transient failures, and throws error responses as `ProblemError`. */
export class HttpClient {
  readonly #options: ClientOptions;

  constructor(options: ClientOptions) {
    this.#options = options;
  }

  protected async send<T>(request: ApiRequest, options: CallOptions): Promise<T> {
    const key = request.keyed ? (options.idempotencyKey ?? crypto.randomUUID()) : undefined;
    const isIdempotent = request.method !== 'POST' && request.method !== 'PATCH' ? true : key !== undefined;
    const maxAttempts = (this.#options.retries ?? 4) + 1;
    for (let attempt = 1; ; attempt++) {
      const result = await this.#attempt(request, options, key);
      if (!(result instanceof Error)) return (await readResponse(result, request)) as T;
      options.signal?.throwIfAborted();
      if (attempt >= maxAttempts || !mayRetry(result, isIdempotent)) throw result;
      await this.#pause(getPauseMs(result, attempt));
    }
  }

  /** Returns the response, or an error for an error status or a missing response. */
  async #attempt(request: ApiRequest, options: CallOptions, key: string | undefined): Promise<Response | Error> {
    const { baseUrl, fetch = globalThis.fetch, timeoutMs = 30_000 } = this.#options;
    const signals = [AbortSignal.timeout(timeoutMs), ...(options.signal ? [options.signal] : [])];
    const body = toBody(request.body);
    const headers = { ...(await this.#headers(options, key)), ...(body ? { 'content-type': body.contentType } : {}) };
    let response: Response;
    try {
      response = await fetch(new URL(request.path + toSearch(request.query), baseUrl), {
        method: request.method,
        headers,
        ...(body ? { body: body.text } : {}),
        redirect: 'manual',
        signal: AbortSignal.any(signals),
      });
    } catch (error) {
      return new ConnectionError(`${request.method} ${request.path} received no response.`, { cause: error });
    }
    return response.status < 400 ? response : new ProblemError(await readProblem(response), response.headers);
  }

  async #headers({ ifMatch }: CallOptions, key: string | undefined): Promise<Record<string, string>> {
    const { credential } = this.#options;
    const secret = typeof credential === 'function' ? await credential() : credential;
    return {
      accept: 'application/json, application/problem+json;q=0.9, */*;q=0.1',
      ...(secret === undefined ? {} : { authorization: `Bearer ${secret}` }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
      ...(ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` }),
    };
  }

  #pause(ms: number): Promise<void> {
    return this.#options.sleep?.(ms) ?? new Promise((resolve) => setTimeout(resolve, ms));
  }
}

/** Error codes of Node.js and its `fetch` for connections that were never established. Browsers report no reason. */
const NEVER_CONNECTED: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Whether the request certainly did not arrive. */
function isNeverSent(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, cause } = error as { readonly code?: unknown; readonly cause?: unknown };
  return NEVER_CONNECTED.has(code) || isNeverSent(cause);
}

/** A request with status 429 had no effect. After other failures, only idempotent requests are retried. */
function mayRetry(error: Error, isIdempotent: boolean): boolean {
  if (!(error instanceof ProblemError)) return isIdempotent || isNeverSent(error);
  if (error.status === 429) return true;
  return isIdempotent && (TRANSIENT_STATUSES.has(error.status) || error.code === 'idempotency_in_flight');
}

function getPauseMs(error: Error, attempt: number): number {
  const requestedMs = error instanceof ProblemError ? error.retryAfterMs : undefined;
  return Math.min(MAX_PAUSE_MS, requestedMs ?? FIRST_PAUSE_MS * 2 ** (attempt - 1) * (0.5 + Math.random() / 2));
}

function toBody(body: unknown): TextBody | undefined {
  if (body === undefined || body instanceof TextBody) return body;
  return new TextBody('application/json', JSON.stringify(body));
}

function toSearch(query: Readonly<Record<string, unknown>> = {}): string {
  const parameters = Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, String(one)]));
  return parameters.length === 0 ? '' : `?${new URLSearchParams(parameters).toString()}`;
}

async function readResponse(response: Response, { answer }: ApiRequest): Promise<unknown> {
  if (answer === 'json') return response.json();
  if (answer === 'text') return response.text();
  await response.body?.cancel();
  return answer === 'location' ? (response.headers.get('location') ?? '') : undefined;
}

interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor?: string;
}

/** Iterates over the items of all pages. Fetches pages on demand. */
export async function* itemsOf<T>(
  fetchPage: (page: { readonly cursor?: string }) => Promise<Page<T>>,
): AsyncGenerator<T, void, undefined> {
  let page: Page<T> = await fetchPage({});
  yield* page.items;
  while (page.nextCursor !== undefined) {
    page = await fetchPage({ cursor: page.nextCursor });
    yield* page.items;
  }
}
