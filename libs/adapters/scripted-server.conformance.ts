import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A request that the scripted server received. */
export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly contentType: string;
  readonly body: Buffer;
  /** The body parsed as HTML form fields. */
  readonly form: URLSearchParams;
  readonly authorization: string | undefined;
}

/** A started scripted server. */
export interface ScriptedServer {
  readonly url: string;
  /** All received requests, oldest first. */
  readonly requests: readonly ReceivedRequest[];
  /** Returns the number of accepted connections. */
  countConnections(): number;
  /** Sets the reply to all further requests. */
  setResponse(reply: (response: ServerResponse, request: ReceivedRequest) => void): void;
  /** Sets the reply to all further requests to a status and JSON. */
  setJsonResponse(status: number, body: unknown, headers?: Record<string, string>): void;
  /**
   * From now on, each connection serves one request and is reset when it receives the next one, as if a peer closed an
   * idle connection at the moment of reuse. `requests` includes the request that was reset.
   */
  resetReusedConnections(): void;
  /** Refuses the next connection and accepts later ones on the same port. */
  refuseNextConnection(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts an HTTP server whose faults are scripted by specs, for faults that a simulator does not produce. */
export async function startScriptedServer(): Promise<ScriptedServer> {
  const requests: ReceivedRequest[] = [];
  let reply = (response: ServerResponse, _request: ReceivedRequest): void => void response.writeHead(500).end();
  /** Connections that have served a request. */
  const usedSockets = new WeakSet<Socket>();
  let connections = 0;
  let resetsReusedConnections = false;
  const server = createServer((incoming, response) => {
    void receive(incoming).then((request) => {
      requests.push(request);
      const { socket } = incoming;
      if (resetsReusedConnections && usedSockets.has(socket)) return void socket.resetAndDestroy();
      usedSockets.add(socket);
      reply(response, request);
    });
  });
  server.on('connection', () => (connections += 1));
  // Idle connections stay open, so that tests decide when to close them.
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    countConnections: () => connections,
    setResponse: (newReply) => {
      reply = newReply;
    },
    setJsonResponse: (status, body, headers = {}) => {
      reply = (response) => {
        response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
      };
    },
    resetReusedConnections: () => {
      resetsReusedConnections = true;
    },
    refuseNextConnection: async () => {
      await close(server);
      listenAfterRefusal(server, port);
    },
    stop: () => close(server),
  };
}

async function close(server: Server): Promise<void> {
  if (!server.listening) return;
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}

/**
 * Listens again as soon as a connection of this process to the port is refused, before the client under test receives
 * the error.
 */
function listenAfterRefusal(server: Server, port: number): void {
  const channel = 'net.client.socket';
  const onSocket = (message: unknown): void => {
    const { socket } = message as { socket: Socket };
    socket.once('error', (error: NodeJS.ErrnoException & { port?: number }) => {
      if (error.code !== 'ECONNREFUSED' || error.port !== port || server.listening) return;
      unsubscribe(channel, onSocket);
      // Without a host name, the server listens before this call returns.
      server.listen(port);
    });
  };
  subscribe(channel, onSocket);
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
