import {
  Agent as HttpAgent,
  request as httpRequest,
  type ClientRequest,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type RequestOptions,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { shouldRetry, type FailedRequestFacts } from './should-retry.js';

/** An HTTP request for `sendRequest`. */
export interface OutgoingRequest {
  readonly method: string;
  readonly headers: OutgoingHttpHeaders;
  readonly body?: string | Uint8Array | undefined;
  /** Aborts both attempts and the reading of the response body. */
  readonly signal: AbortSignal;
  /** Whether the request is idempotent. A request that is not idempotent is never sent on a reused connection. */
  readonly isIdempotent: boolean;
  /** Opens a new connection for every request, so that `lookup` checks each of them. */
  readonly needsNewConnection?: boolean | undefined;
  /** Replaces the system's host name lookup. */
  readonly lookup?: RequestOptions['lookup'];
}

/**
 * Servers close idle connections after 5 s or more. Closing them earlier avoids most requests on a closing connection.
 */
const MAX_IDLE_MS = 4_000;
const KEEP_ALIVE_AGENTS = {
  http: new HttpAgent({ keepAlive: true, timeout: MAX_IDLE_MS }),
  https: new HttpsAgent({ keepAlive: true, timeout: MAX_IDLE_MS }),
};

/** A request that failed before a response arrived, with the facts that `shouldRetry` needs. */
class RequestFailedError extends Error {
  constructor(
    readonly facts: FailedRequestFacts,
    cause: unknown,
  ) {
    super('The request failed before a response arrived.', { cause });
  }
}

/**
 * Sends an HTTP request and retries it once, on a new connection, when `shouldRetry` allows it. Follows no redirects.
 * It uses `node:http` and not `fetch`, because the decision depends on whether the connection was established.
 * @returns the response as soon as its headers have arrived; its body must be read or destroyed, and fails when the
 *   signal aborts
 * @throws the signal's reason, or the system's error with its `code`
 */
export async function sendRequest(url: URL, request: OutgoingRequest): Promise<IncomingMessage> {
  const reusesConnections = request.isIdempotent && request.needsNewConnection !== true;
  try {
    return await attemptRequest(url, request, reusesConnections);
  } catch (error) {
    if (!(error instanceof RequestFailedError)) throw error;
    if (!shouldRetry(error.facts, request.isIdempotent)) throw error.cause;
  }
  try {
    return await attemptRequest(url, request, false);
  } catch (error) {
    throw error instanceof RequestFailedError ? error.cause : error;
  }
}

function attemptRequest(url: URL, request: OutgoingRequest, reusesConnections: boolean): Promise<IncomingMessage> {
  const { method, headers, body, signal, lookup } = request;
  signal.throwIfAborted();
  const isTls = url.protocol === 'https:';
  const keepAliveAgent = isTls ? KEEP_ALIVE_AGENTS.https : KEEP_ALIVE_AGENTS.http;
  const agent = reusesConnections ? keepAliveAgent : false;
  return new Promise((resolve, reject) => {
    const outgoing = (isTls ? httpsRequest : httpRequest)(url, { method, headers, agent, ...(lookup && { lookup }) });
    const maybeSent = watchConnection(outgoing, isTls);
    let receivedResponse: IncomingMessage | undefined;
    const cancel = (): void => void (receivedResponse ?? outgoing).destroy(signal.reason as Error);
    const release = (): void => signal.removeEventListener('abort', cancel);
    signal.addEventListener('abort', cancel);
    outgoing.on('response', (response) => {
      receivedResponse = response;
      response.once('close', release);
      resolve(response);
    });
    outgoing.on('error', (error: Error & { code?: unknown }) => {
      const isCanceled = signal.aborted;
      // Node's parser reports a response that is not HTTP as `HPE_…`. The `DOMException` of an abort has a numeric
      // code.
      const hasInvalidResponse = String(error.code).startsWith('HPE_');
      const facts = { maybeSent: maybeSent(), hasInvalidResponse, isCanceled };
      reject(new RequestFailedError(facts, isCanceled ? signal.reason : error));
    });
    outgoing.once('close', () => {
      if (!receivedResponse) release();
      // Has no effect after a response or an error. A 101 response closes the connection without either.
      reject(new Error('The connection was closed without a response.'));
    });
    outgoing.end(body);
  });
}

/** @returns a function that returns whether bytes of the request may have been sent by now */
function watchConnection(outgoing: ClientRequest, isTls: boolean): () => boolean {
  let maybeSent = false;
  outgoing.once('socket', (socket) => {
    if (outgoing.reusedSocket || !socket.connecting) maybeSent = true;
    else socket.once(isTls ? 'secureConnect' : 'connect', () => (maybeSent = true));
  });
  return () => maybeSent;
}
