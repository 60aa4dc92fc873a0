import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Exchange } from './api-description.js';

/** Forwards requests from a client to a server unchanged, and records the exchanges. */
export class RecordingProxy {
  readonly exchanges: Exchange[] = [];

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(target: string): Promise<RecordingProxy> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const proxy = new RecordingProxy(server, `http://127.0.0.1:${port}`);
    server.on('request', (request, response) => void proxy.forward(request, response, target));
    return proxy;
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  private async forward(request: IncomingMessage, response: ServerResponse, target: string): Promise<void> {
    const { method = '', url = '', headers } = request;
    const requestBody = await buffer(request);
    const { host: _host, connection: _connection, 'content-length': _length, ...forwardedHeaders } = headers;
    const targetResponse = await fetch(target + url, {
      method,
      headers: forwardedHeaders as Record<string, string>,
      ...(requestBody.length > 0 ? { body: requestBody } : {}),
    });
    const body = Buffer.from(await targetResponse.arrayBuffer());
    const form = Object.fromEntries(new URLSearchParams(requestBody.toString()));
    this.exchanges.push({
      method,
      path: url.split('?', 1)[0] ?? '',
      form,
      status: targetResponse.status,
      body: targetResponse.headers.get('content-type')?.includes('json') === true ? body.toString() : '',
    });
    response.writeHead(targetResponse.status, {
      'content-type': targetResponse.headers.get('content-type') ?? 'text/plain',
    });
    response.end(body);
  }
}
