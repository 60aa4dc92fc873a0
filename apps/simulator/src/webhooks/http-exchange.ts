import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

import type { ConnectionOverrides, WebhookFailureKind } from './connection-overrides.js';

/** A complete HTTP response. */
export interface HttpReply {
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer;
}

/** Thrown if a request got no complete response. */
export class HttpExchangeError extends Error {
  override readonly name = 'HttpExchangeError';

  constructor(
    readonly kind: WebhookFailureKind,
    message: string,
    /** Whether the request failed on a reused connection. The server may or may not have received it. */
    readonly wasConnectionReused = false,
  ) {
    super(message);
  }
}

// Keep-alive connections, because thousands of calls send webhooks and a new connection takes longer than a request.
const agents = {
  http: new HttpAgent({ keepAlive: true, maxSockets: 256, maxFreeSockets: 256 }),
  https: new HttpsAgent({ keepAlive: true, maxSockets: 256, maxFreeSockets: 256 }),
};

/** Closes all connections, so that they do not keep a stopping process or a test alive. */
export function closeConnections(): void {
  agents.http.destroy();
  agents.https.destroy();
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

type Timeouts = Pick<ConnectionOverrides, 'connectTimeoutMs' | 'readTimeoutMs'>;

/**
 * Makes one HTTP request. If a reused connection breaks, the request is repeated on a new one: webhooks are sent at
 * least once.
 * @param limitMs maximum total time in real (not simulated) milliseconds
 * @throws HttpExchangeError `ct` if no connection was established, `rt` if no complete response arrived in time
 */
export async function exchange(
  url: string,
  options: HttpRequest,
  overrides: Timeouts,
  limitMs: number,
): Promise<HttpReply> {
  const deadline = performance.now() + limitMs;
  try {
    return await sendOnce(url, options, overrides, limitMs, true);
  } catch (error) {
    if (!(error instanceof HttpExchangeError && error.wasConnectionReused)) throw error;
    return sendOnce(url, options, overrides, Math.max(1, deadline - performance.now()), false);
  }
}

function sendOnce(
  url: string,
  options: HttpRequest,
  overrides: Timeouts,
  limitMs: number,
  reusesConnections: boolean,
): Promise<HttpReply> {
  return new Promise((resolve, reject) => {
    const isSecure = url.startsWith('https:');
    let isConnected = false;
    const request = (isSecure ? httpsRequest : httpRequest)(url, {
      method: options.method,
      headers: options.headers,
      agent: reusesConnections && (isSecure ? agents.https : agents.http),
    });
    let timer = setTimeout(
      () => {
        fail(new HttpExchangeError('ct', `The connection to ${new URL(url).host} timed out.`));
      },
      Math.min(overrides.connectTimeoutMs, limitMs),
    );
    const fail = (error: HttpExchangeError): void => {
      clearTimeout(timer);
      request.destroy();
      reject(error);
    };
    const onConnected = (): void => {
      if (isConnected) return;
      isConnected = true;
      clearTimeout(timer);
      timer = setTimeout(
        () => {
          fail(new HttpExchangeError('rt', `${new URL(url).host} did not respond in time.`));
        },
        Math.min(overrides.readTimeoutMs, limitMs),
      );
    };
    request.on('socket', (socket) => {
      if (request.reusedSocket || !socket.connecting) onConnected();
      else socket.once('connect', onConnected);
    });
    request.on('error', (error) => {
      const reason = `The request to ${new URL(url).host} failed: ${error.message}.`;
      fail(new HttpExchangeError(isConnected ? 'rt' : 'ct', reason, request.reusedSocket));
    });
    request.on('response', (response: IncomingMessage) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', (error) => {
        fail(new HttpExchangeError('rt', `The response of ${new URL(url).host} ended early: ${error.message}.`));
      });
      response.on('end', () => {
        clearTimeout(timer);
        resolve({
          status: response.statusCode ?? 0,
          contentType: response.headers['content-type'] ?? '',
          body: Buffer.concat(chunks),
        });
      });
    });
    request.end(options.body ?? undefined);
  });
}
