import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly contentType: string;
  readonly body: Buffer;
  /** The body as an HTML form's fields. */
  readonly form: URLSearchParams;
  readonly authorization: string | undefined;
}

export interface ScriptedServer {
  readonly url: string;
  readonly requests: readonly ReceivedRequest[];
  /** How the requests from now on are answered. */
  answer(reply: (response: ServerResponse, request: ReceivedRequest) => void): void;
  /** The common case: a status and JSON. */
  answerJson(status: number, body: unknown, headers?: Record<string, string>): void;
  stop(): Promise<void>;
}

/** An HTTP server whose misbehaviour the specs dictate: what a simulator of the real thing would not do. */
export async function scriptedServer(): Promise<ScriptedServer> {
  const requests: ReceivedRequest[] = [];
  let reply = (response: ServerResponse, _request: ReceivedRequest): void => void response.writeHead(500).end();
  const server = createServer((incoming, response) => {
    void receive(incoming).then((request) => {
      requests.push(request);
      reply(response, request);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    answer: (next) => {
      reply = next;
    },
    answerJson: (status, body, headers = {}) => {
      reply = (response) => {
        response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
      };
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function receive(incoming: IncomingMessage): Promise<ReceivedRequest> {
  const url = new URL(incoming.url ?? '/', 'http://localhost');
  const body = await buffer(incoming);
  return {
    method: incoming.method ?? '',
    path: url.pathname,
    query: url.searchParams,
    contentType: incoming.headers['content-type'] ?? '',
    body,
    form: new URLSearchParams(body.toString()),
    authorization: incoming.headers.authorization,
  };
}
