import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

import type { ConnectionOverrides, WebhookFailureKind } from './connection-overrides.js';

export interface HttpAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer;
}

/** A try that brought no usable answer. */
export class HttpExchangeError extends Error {
  override readonly name = 'HttpExchangeError';

  constructor(
    readonly kind: WebhookFailureKind,
    message: string,
    /** A kept connection broke: the peer may have closed it as idle, whether or not it received the request. */
    readonly wasKeptConnection = false,
  ) {
    super(message);
  }
}

// Thousands of calls share these sockets; opening one a webhook would cost more than the webhook.
const agents = {
  http: new HttpAgent({ keepAlive: true, maxSockets: 256, maxFreeSockets: 256 }),
  https: new HttpsAgent({ keepAlive: true, maxSockets: 256, maxFreeSockets: 256 }),
};

/** Closes the idle connections, so that a test or a stopping process leaves none behind. */
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
 * One HTTP request, sent again on a new connection where a kept one broke: webhooks arrive at least once.
 * @param limitMs what is left of the total time
 * @throws HttpExchangeError `ct` when no connection came about, `rt` when it did but the answer did not come in time
 */
export async function exchange(
  url: string,
  options: HttpRequest,
  overrides: Timeouts,
  limitMs: number,
): Promise<HttpAnswer> {
  const until = performance.now() + limitMs;
  try {
    return await attempt(url, options, overrides, limitMs, true);
  } catch (error) {
    if (!(error instanceof HttpExchangeError && error.wasKeptConnection)) throw error;
    return attempt(url, options, overrides, Math.max(1, until - performance.now()), false);
  }
}

function attempt(
  url: string,
  options: HttpRequest,
  overrides: Timeouts,
  limitMs: number,
  reusesConnections: boolean,
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const secure = url.startsWith('https:');
    let connected = false;
    const request = (secure ? httpsRequest : httpRequest)(url, {
      method: options.method,
      headers: options.headers,
      agent: reusesConnections && (secure ? agents.https : agents.http),
    });
    let timer = setTimeout(
      () => {
        giveUp(new HttpExchangeError('ct', `No connection to ${new URL(url).host} in time.`));
      },
      Math.min(overrides.connectTimeoutMs, limitMs),
    );
    const giveUp = (error: HttpExchangeError): void => {
      clearTimeout(timer);
      request.destroy();
      reject(error);
    };
    const onConnected = (): void => {
      if (connected) return;
      connected = true;
      clearTimeout(timer);
      timer = setTimeout(
        () => {
          giveUp(new HttpExchangeError('rt', `${new URL(url).host} did not answer in time.`));
        },
        Math.min(overrides.readTimeoutMs, limitMs),
      );
    };
    request.on('socket', (socket) => {
      if (request.reusedSocket || !socket.connecting) onConnected();
      else socket.once('connect', onConnected);
    });
    request.on('error', (error) => {
      const reason = `The exchange with ${new URL(url).host} broke: ${error.message}.`;
      giveUp(new HttpExchangeError(connected ? 'rt' : 'ct', reason, request.reusedSocket));
    });
    request.on('response', (response: IncomingMessage) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', (error) => {
        giveUp(new HttpExchangeError('rt', `The answer of ${new URL(url).host} broke off: ${error.message}.`));
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
