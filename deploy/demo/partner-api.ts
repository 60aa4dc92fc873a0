import { randomUUID } from 'node:crypto';

/** The API answered that the request is wrong; repeating it would not help. */
export class ApiRefusal extends Error {
  constructor(
    readonly status: number,
    readonly problem: unknown,
  ) {
    super(`The API answered ${status}: ${JSON.stringify(problem)}`);
    this.name = 'ApiRefusal';
  }
}

const RETRY_MS = 500;
const REQUEST_TIMEOUT_MS = 8_000;

/**
 * A client of the REST API as a partner would write one: every change carries an Idempotency-Key and is repeated until
 * it is answered, so that a service killed in between changes nothing twice.
 */
export class PartnerApi {
  constructor(
    private readonly baseUrl: string,
    private readonly credential: string,
    /** Gives up after so long without an answer, in ms. */
    private readonly patienceMs: number,
  ) {}

  get<T>(path: string): Promise<T> {
    return this.request<T>('GET', path);
  }

  post<T>(path: string, body: object): Promise<T> {
    return this.request<T>('POST', path, body, randomUUID());
  }

  /** @throws ApiRefusal for a request that is refused for good; Error when patience ends */
  private async request<T>(method: string, path: string, body?: object, idempotencyKey?: string): Promise<T> {
    const deadline = Date.now() + this.patienceMs;
    for (;;) {
      const last = Date.now() >= deadline;
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
        const answer = (await response.json()) as T;
        if (response.ok) return answer;
        if (last || !mayBeRepeated(response.status, answer)) throw new ApiRefusal(response.status, answer);
      } catch (error) {
        if (error instanceof ApiRefusal || last) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

/** Something broke, or the API asks to come back: too many requests, or the first try is still being worked on. */
function mayBeRepeated(status: number, answer: unknown): boolean {
  if (status >= 500 || status === 429) return true;
  return status === 409 && (answer as { type?: unknown }).type === 'urn:delauto:problem:idempotency_in_flight';
}
