/** Problem details according to RFC 9457, which the API returns for every failure. */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly instance?: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
  readonly traceId?: string;
}

/** An error response of the API. Match on `code`, never on the message. */
export class ProblemError extends Error {
  readonly problem: ProblemBody;
  readonly requestId: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(problem: ProblemBody, headers: Headers) {
    super(`${problem.status} ${problem.code}: ${problem.detail}`);
    this.name = 'ProblemError';
    this.problem = problem;
    this.requestId = headers.get('x-request-id') ?? undefined;
    const seconds = Number(headers.get('retry-after') ?? NaN);
    this.retryAfterMs = Number.isFinite(seconds) ? seconds * 1_000 : undefined;
  }

  get status(): number {
    return this.problem.status;
  }

  get code(): string {
    return this.problem.code;
  }
}

/** The request received no response. It may or may not have taken effect. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
}

/**
 * Reads the problem details of a response. Creates them if the response is not from the API but, for example, from a
 * proxy.
 */
export async function readProblem(response: Response): Promise<ProblemBody> {
  const text = await response.text();
  try {
    const body = JSON.parse(text) as ProblemBody;
    if (typeof body.code === 'string' && typeof body.status === 'number') return body;
  } catch {
    // Not JSON: handled below.
  }
  const { status, statusText } = response;
  const detail = text.slice(0, 200) || statusText;
  return { type: 'about:blank', title: statusText, status, detail, code: 'not_from_the_api' };
}
