import { randomUUID } from 'node:crypto';

/** The API rejected the request, and a retry would not help. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly problem: unknown,
  ) {
    super(`The API responded with status ${status}: ${JSON.stringify(problem)}`);
    this.name = 'ApiError';
  }
}

const RETRY_MS = 500;
const REQUEST_TIMEOUT_MS = 8_000;

/**
 * A client of the REST API as a partner would write it. Every change carries an `Idempotency-Key` and is retried until
 * it gets a response, so that it takes effect once even when a service is killed meanwhile.
 */
export class PartnerApi {
  constructor(
    private readonly baseUrl: string,
    private readonly credential: string,
    /** Timeout of a request including retries, in milliseconds. */
    private readonly timeoutMs: number,
  ) {}

  get<T>(path: string): Promise<T> {
    return this.request<T>('GET', path);
  }

  post<T>(path: string, body: object): Promise<T> {
    return this.request<T>('POST', path, body, randomUUID());
  }

  /**
   * @throws ApiError when the API rejects the request
   * @throws Error when no response arrives before the timeout
   */
  private async request<T>(method: string, path: string, body?: object, idempotencyKey?: string): Promise<T> {
    const deadline = Date.now() + this.timeoutMs;
    for (;;) {
      const isLastAttempt = Date.now() >= deadline;
      try {
        const response = await fetch(`${this.baseUrl}${path}`, {
          method,
          headers: {
            authorization: `Bearer ${this.credential}`,
            ...(body ? { 'content-type': 'application/json' } : {}),
            ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
          },
          ...(body ? { body: JSON.stringify(body) } : {}),
          signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
        });
        const responseBody = (await response.json()) as T;
        if (response.ok) return responseBody;
        if (isLastAttempt || !isRetriable(response.status, responseBody))
          throw new ApiError(response.status, responseBody);
      } catch (error) {
        if (error instanceof ApiError || isLastAttempt) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

/** Whether a retry may succeed: a server error, rate limiting, or a first attempt that is still in progress. */
function isRetriable(status: number, responseBody: unknown): boolean {
  if (status >= 500 || status === 429) return true;
  return status === 409 && (responseBody as { type?: unknown }).type === 'urn:delauto:problem:idempotency_in_flight';
}
