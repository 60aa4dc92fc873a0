import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { sendRequest, type OutgoingRequest } from './send-request.js';

const MAX_REDIRECTS = 5;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** Statuses whose answers have no body; `Response` takes none with them. */
const WITHOUT_BODY: ReadonlySet<number> = new Set([204, 205, 304]);
const USER_AGENT = 'DelAuto/1';

/**
 * A `fetch` that sends requests by `sendRequest`, for what builds on `Request` and `Response`. It differs from the
 * platform's: bodies are buffered, answers are not compressed, and redirects are followed for GET only.
 * @param isRepeatable whether a second arrival of the requests does no harm
 */
export function httpFetch({ isRepeatable }: Pick<OutgoingRequest, 'isRepeatable'>): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const { method } = request;
    const headers = { 'user-agent': USER_AGENT, ...Object.fromEntries(request.headers) };
    const body = request.body === null ? undefined : new Uint8Array(await request.arrayBuffer());
    // The caller's own: a request's signal follows it only while the request itself is referenced.
    const signal = init?.signal ?? request.signal;
    const outgoing = { method, headers, body, signal, isRepeatable };
    const follows = method === 'GET' && request.redirect === 'follow';
    const url = new URL(request.url);
    return toResponse(follows ? await follow(url, outgoing) : await sendRequest(url, outgoing));
  };
}

/** Credentials are for the origin they were given for (WHATWG Fetch, HTTP-redirect fetch, step 13). */
async function follow(url: URL, request: OutgoingRequest): Promise<IncomingMessage> {
  let target = url;
  let headers = request.headers;
  for (let redirects = 0; ; redirects += 1) {
    const answer = await sendRequest(target, { ...request, headers });
    const { location } = answer.headers;
    if (!REDIRECTS.has(answer.statusCode ?? 0) || location === undefined) return answer;
    answer.on('error', () => undefined).resume();
    if (redirects === MAX_REDIRECTS) throw new Error(`More than ${MAX_REDIRECTS} redirects from ${url.origin}.`);
    const next = new URL(location, target);
    if (next.origin !== target.origin) {
      headers = Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'authorization'));
    }
    target = next;
  }
}

function toResponse(answer: IncomingMessage): Response {
  const { statusCode: status = 0, statusMessage: statusText = '', rawHeaders } = answer;
  const headers = new Headers();
  for (let index = 0; index < rawHeaders.length; index += 2) {
    headers.append(rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '');
  }
  const hasBody = !WITHOUT_BODY.has(status);
  if (!hasBody) answer.resume();
  const body = hasBody ? (Readable.toWeb(answer) as ReadableStream<Uint8Array>) : null;
  return new Response(body, { status, statusText, headers });
}
