import { ConnectionError, ProblemError, problemOf } from './problem-error.js';

export interface ClientOptions {
  /** Where the API is: `https://api.example.com`. */
  readonly baseUrl: string;
  /** An API key or an access token; a function is asked before each request, for tokens that are renewed. */
  readonly credential?: string | (() => string | Promise<string>);
  /** How often a request is repeated after it failed in a way that passes. Default: 4. */
  readonly retries?: number;
  /** The longest a single try may take, in ms. Default: 30,000. */
  readonly timeoutMs?: number;
  readonly fetch?: typeof globalThis.fetch;
  /** For tests. */
  readonly sleep?: (ms: number) => Promise<void>;
}

export interface CallOptions {
  /** Names this one request for ever. By default each call gets its own, kept for its retries. */
  readonly idempotencyKey?: string;
  /** The `revision` that was read: the change is refused if it is another by now. */
  readonly ifMatch?: number;
  readonly signal?: AbortSignal;
}

/** A body of another type than JSON, such as CSV. */
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
  /** `Idempotency-Key` is understood. */
  readonly keyed: boolean;
  readonly answer: 'json' | 'text' | 'location' | 'nothing';
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 20_000;
/** Failures after which the same request may do better. */
const PASSING = new Set([429, 502, 503, 504]);

/** Sends requests: with a key that makes repeats safe, again after what passes, and with problems as errors. */
export class HttpClient {
  readonly #options: ClientOptions;

  constructor(options: ClientOptions) {
    this.#options = options;
  }

  protected async send<T>(request: ApiRequest, options: CallOptions): Promise<T> {
    const key = request.keyed ? (options.idempotencyKey ?? crypto.randomUUID()) : undefined;
    const repeatable = request.method !== 'POST' && request.method !== 'PATCH' ? true : key !== undefined;
    const tries = (this.#options.retries ?? 4) + 1;
    for (let attempt = 1; ; attempt++) {
      const answer = await this.#try(request, options, key);
      if (!(answer instanceof Error)) return (await read(answer, request)) as T;
      options.signal?.throwIfAborted();
      if (attempt >= tries || !mayRepeat(answer, repeatable)) throw answer;
      await this.#pause(pauseMs(answer, attempt));
    }
  }

  /** The answer, or why there is none. */
  async #try(request: ApiRequest, options: CallOptions, key: string | undefined): Promise<Response | Error> {
    const { baseUrl, fetch = globalThis.fetch, timeoutMs = 30_000 } = this.#options;
    const signals = [AbortSignal.timeout(timeoutMs), ...(options.signal ? [options.signal] : [])];
    const body = bodyOf(request.body);
    const headers = { ...(await this.#headers(options, key)), ...(body ? { 'content-type': body.contentType } : {}) };
    let response: Response;
    try {
      response = await fetch(new URL(request.path + searchOf(request.query), baseUrl), {
        method: request.method,
        headers,
        ...(body ? { body: body.text } : {}),
        redirect: 'manual',
        signal: AbortSignal.any(signals),
      });
    } catch (error) {
      return new ConnectionError(`${request.method} ${request.path} got no answer.`, { cause: error });
    }
    return response.status < 400 ? response : new ProblemError(await problemOf(response), response.headers);
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

/** Codes of Node and its `fetch` for connections that were never established. Browsers give no reason. */
const NEVER_CONNECTED: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Whether it is certain that the request did not arrive. */
function neverSent(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, cause } = error as { readonly code?: unknown; readonly cause?: unknown };
  return NEVER_CONNECTED.has(code) || neverSent(cause);
}

/** After 429 nothing was done; after the others that is known only of a request that may be repeated. */
function mayRepeat(error: Error, repeatable: boolean): boolean {
  if (!(error instanceof ProblemError)) return repeatable || neverSent(error);
  if (error.status === 429) return true;
  return repeatable && (PASSING.has(error.status) || error.code === 'idempotency_in_flight');
}

function pauseMs(error: Error, attempt: number): number {
  const asked = error instanceof ProblemError ? error.retryAfterMs : undefined;
  return Math.min(LONGEST_PAUSE_MS, asked ?? FIRST_PAUSE_MS * 2 ** (attempt - 1) * (0.5 + Math.random() / 2));
}

function bodyOf(body: unknown): TextBody | undefined {
  if (body === undefined || body instanceof TextBody) return body;
  return new TextBody('application/json', JSON.stringify(body));
}

function searchOf(query: Readonly<Record<string, unknown>> = {}): string {
  const parameters = Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, String(one)]));
  return parameters.length === 0 ? '' : `?${new URLSearchParams(parameters).toString()}`;
}

async function read(response: Response, { answer }: ApiRequest): Promise<unknown> {
  if (answer === 'json') return response.json();
  if (answer === 'text') return response.text();
  await response.body?.cancel();
  return answer === 'location' ? (response.headers.get('location') ?? '') : undefined;
}

interface PageOf<T> {
  readonly items: readonly T[];
  readonly nextCursor?: string;
}

/** Page after page, as the items are asked for. */
export async function* itemsOf<T>(
  fetchPage: (page: { readonly cursor?: string }) => Promise<PageOf<T>>,
): AsyncGenerator<T, void, undefined> {
  let page: PageOf<T> = await fetchPage({});
  yield* page.items;
  while (page.nextCursor !== undefined) {
    page = await fetchPage({ cursor: page.nextCursor });
    yield* page.items;
  }
}
