/** The parts of one request. They are sent unchanged, even if they are invalid. */
export interface CallOptions {
  /** Sent as a bearer credential. */
  readonly as?: string | undefined;
  /** Text is sent unchanged, everything else as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Headers;
  /** The body as received. */
  readonly text: string;
  /** The body if it is a JSON object, otherwise an empty object. */
  readonly body: Readonly<Record<string, unknown>>;
}

const REQUEST_TIMEOUT_MS = 120_000;

/** Sends one request without following redirects, because a redirect is part of the response. */
export async function httpCall(
  baseUrl: string,
  method: string,
  path: string,
  { as, body, headers = {} }: CallOptions = {},
): Promise<HttpResponse> {
  const response = await fetch(`${baseUrl}${path}`, {
    method,
    redirect: 'manual',
    headers: {
      ...(as === undefined ? {} : { authorization: `Bearer ${as}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parseObject(text) };
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
