import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { sendRequest, type OutgoingRequest } from './send-request.js';

const MAX_REDIRECTS = 5;
const REDIRECT_STATUSES: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** Statuses without a body: the `Response` constructor rejects a body with them. */
const STATUSES_WITHOUT_BODY: ReadonlySet<number> = new Set([204, 205, 304]);
const USER_AGENT = 'DelAuto/1';

/**
 * Creates a `fetch` function that sends requests with `sendRequest`, for SDKs that need `Request` and `Response`. It
 * differs from Node's `fetch`: request bodies are buffered, responses are not compressed, and only GET follows
 * redirects.
 * @param isIdempotent whether all requests of the function are idempotent
 */
export function httpFetch({ isIdempotent }: Pick<OutgoingRequest, 'isIdempotent'>): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const { method } = request;
    const headers = { 'user-agent': USER_AGENT, ...Object.fromEntries(request.headers) };
    const body = request.body === null ? undefined : new Uint8Array(await request.arrayBuffer());
    // Prefers the caller's signal: the signal of a `Request` follows it only while the `Request` is referenced.
    const signal = init?.signal ?? request.signal;
    const outgoing = { method, headers, body, signal, isIdempotent };
    const followsRedirects = method === 'GET' && request.redirect === 'follow';
    const url = new URL(request.url);
    return toResponse(followsRedirects ? await followRedirects(url, outgoing) : await sendRequest(url, outgoing));
  };
}

/** Follows redirects. Drops credentials when the origin changes (WHATWG Fetch, HTTP-redirect fetch, step 13). */
async function followRedirects(url: URL, request: OutgoingRequest): Promise<IncomingMessage> {
  let target = url;
  let headers = request.headers;
  for (let redirects = 0; ; redirects += 1) {
    const response = await sendRequest(target, { ...request, headers });
    const { location } = response.headers;
    if (!REDIRECT_STATUSES.has(response.statusCode ?? 0) || location === undefined) return response;
    response.on('error', () => undefined).resume();
    if (redirects === MAX_REDIRECTS) throw new Error(`More than ${MAX_REDIRECTS} redirects from ${url.origin}.`);
    const next = new URL(location, target);
    if (next.origin !== target.origin) {
      headers = Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'authorization'));
    }
    target = next;
  }
}

function toResponse(response: IncomingMessage): Response {
  const { statusCode: status = 0, statusMessage: statusText = '', rawHeaders } = response;
  const headers = new Headers();
  for (let index = 0; index < rawHeaders.length; index += 2) {
    headers.append(rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '');
  }
  const hasBody = !STATUSES_WITHOUT_BODY.has(status);
  if (!hasBody) response.resume();
  const body = hasBody ? (Readable.toWeb(response) as ReadableStream<Uint8Array>) : null;
  return new Response(body, { status, statusText, headers });
}
