import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request that arrived outside. */
export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Record<string, string>;
}

/** Partners' servers and a push service in one: notes what arrives, and answers 200 or as told. */
export class OutsideWorld {
  private readonly received: Received[] = [];
  private readonly answers = new Map<string, Answer[]>();

  private constructor(private readonly server: Server) {}

  static async open(): Promise<OutsideWorld> {
    const server = createServer();
    const world = new OutsideWorld(server);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const path = request.url ?? '';
        world.received.push({ path, headers: request.headers, body: Buffer.concat(chunks) });
        const { status, headers } = world.answers.get(path)?.shift() ?? { status: 200 };
        response.writeHead(status, headers).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return world;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  at(path: string): Received[] {
    return this.received.filter((one) => one.path === path);
  }

  /** The next answers at this path, one a request. */
  answer(path: string, ...answers: Answer[]): void {
    this.answers.set(path, answers);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
