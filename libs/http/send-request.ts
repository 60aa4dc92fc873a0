import {
  Agent as HttpAgent,
  request as httpRequest,
  type ClientRequest,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type RequestOptions,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { mayRepeat, type BrokenExchangeFacts } from './may-repeat.js';

export interface OutgoingRequest {
  readonly method: string;
  readonly headers: OutgoingHttpHeaders;
  readonly body?: string | Uint8Array | undefined;
  /** Ends the whole exchange: both attempts, and the reading of the answer. */
  readonly signal: AbortSignal;
  /** Whether a second arrival does no harm. If it does, the request is never sent on a connection that was used before. */
  readonly isRepeatable: boolean;
  /** Sends also repeatable requests on a new connection, so that `lookup` judges every one. */
  readonly needsNewConnection?: boolean | undefined;
  /** Resolves the host's name in place of the system. */
  readonly lookup?: RequestOptions['lookup'];
}

/** Peers close idle connections after 5 s and more; closing them before that avoids most races for a closing one. */
const MAX_IDLE_MS = 4_000;
const KEPT = {
  http: new HttpAgent({ keepAlive: true, timeout: MAX_IDLE_MS }),
  https: new HttpsAgent({ keepAlive: true, timeout: MAX_IDLE_MS }),
};

class BrokenExchange extends Error {
  constructor(
    readonly facts: BrokenExchangeFacts,
    cause: unknown,
  ) {
    super('The exchange broke before an answer.', { cause });
  }
}

/**
 * Sends an HTTP request, and once more on a new connection where `mayRepeat` allows it. Follows no redirects. Without
 * undici, because the decision needs to know whether the connection was established, and `fetch` does not tell.
 * @returns the answer as soon as its headers are there; its body must be read or destroyed, and fails with the signal
 * @throws the signal's reason, or the system's error with its `code`
 */
export async function sendRequest(url: URL, request: OutgoingRequest): Promise<IncomingMessage> {
  const reuses = request.isRepeatable && request.needsNewConnection !== true;
  try {
    return await attempt(url, request, reuses);
  } catch (error) {
    if (!(error instanceof BrokenExchange)) throw error;
    if (!mayRepeat(error.facts, request.isRepeatable)) throw error.cause;
  }
  try {
    return await attempt(url, request, false);
  } catch (error) {
    throw error instanceof BrokenExchange ? error.cause : error;
  }
}

function attempt(url: URL, request: OutgoingRequest, reusesConnections: boolean): Promise<IncomingMessage> {
  const { method, headers, body, signal, lookup } = request;
  signal.throwIfAborted();
  const isTls = url.protocol === 'https:';
  const kept = isTls ? KEPT.https : KEPT.http;
  const agent = reusesConnections ? kept : false;
  return new Promise((resolve, reject) => {
    const outgoing = (isTls ? httpsRequest : httpRequest)(url, { method, headers, agent, ...(lookup && { lookup }) });
    const maybeSent = watchConnection(outgoing, isTls);
    let answer: IncomingMessage | undefined;
    const cancel = (): void => void (answer ?? outgoing).destroy(signal.reason as Error);
    const release = (): void => signal.removeEventListener('abort', cancel);
    signal.addEventListener('abort', cancel);
    outgoing.on('response', (response) => {
      answer = response;
      response.once('close', release);
      resolve(response);
    });
    outgoing.on('error', (error: Error & { code?: unknown }) => {
      const isCanceled = signal.aborted;
      // What Node's parser says of an answer that is not HTTP. A canceled request's `DOMException` has a number here.
      const isAnswered = String(error.code).startsWith('HPE_');
      const facts = { maybeSent: maybeSent(), isAnswered, isCanceled };
      reject(new BrokenExchange(facts, isCanceled ? signal.reason : error));
    });
    outgoing.once('close', () => {
      if (!answer) release();
      // Has no effect after an answer or an error. An answer with 101 closes the connection and is neither.
      reject(new Error('The connection was closed without an answer.'));
    });
    outgoing.end(body);
  });
}

/** @returns a function that tells whether bytes of the request may have been written by now */
function watchConnection(outgoing: ClientRequest, isTls: boolean): () => boolean {
  let maybeSent = false;
  outgoing.once('socket', (socket) => {
    if (outgoing.reusedSocket || !socket.connecting) maybeSent = true;
    else socket.once(isTls ? 'secureConnect' : 'connect', () => (maybeSent = true));
  });
  return () => maybeSent;
}
