import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request that the server received. */
export interface ReceivedRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** The response to one request. */
export interface StubReply {
  readonly status: number;
  readonly headers?: Record<string, string>;
}

/** An HTTP server that simulates partners and a push service. It records requests and replies 200 or as configured. */
export class FakeHttpReceiver {
  private readonly received: ReceivedRequest[] = [];
  private readonly replies = new Map<string, StubReply[]>();

  private constructor(private readonly server: Server) {}

  static async open(): Promise<FakeHttpReceiver> {
    const server = createServer();
    const receiver = new FakeHttpReceiver(server);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const path = request.url ?? '';
        receiver.received.push({ path, headers: request.headers, body: Buffer.concat(chunks) });
        const { status, headers } = receiver.replies.get(path)?.shift() ?? { status: 200 };
        response.writeHead(status, headers).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Lists the requests to this path, oldest first. */
  listRequests(path: string): ReceivedRequest[] {
    return this.received.filter((request) => request.path === path);
  }

  /** Configures the next replies at this path, one per request. */
  setReplies(path: string, ...replies: StubReply[]): void {
    this.replies.set(path, replies);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
