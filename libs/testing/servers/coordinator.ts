import { createServer, type Server, type Socket } from 'node:net';
import {
  startServer,
  type RunningServer,
  type ServerName,
  type StartServerOptions,
} from '#deploy/local/servers/index.js';
import { lineReader, SERVER_ACTS, type Reply, type Request } from './protocol.js';
import { openSharedSpace, type Space } from './spaces.js';

/** Started for each test file, so that a test may also kill them. They are small (6 and 20 MB) and start in 0.1 s. */
const DEDICATED_SERVERS: ReadonlySet<ServerName> = new Set(['nats', 'redis']);

type Start = (name: ServerName, options: StartServerOptions) => Promise<RunningServer>;

/**
 * Provides servers to the test files of one Vitest run: starts a server at the first request and leases spaces on it. A
 * NATS server given by URL is leased to one test file at a time, because subjects cannot be separated by a prefix.
 */
export class Coordinator {
  readonly #sockets: Server;
  readonly #shared = new Map<ServerName, Promise<RunningServer>>();
  readonly #leases = new Set<Promise<void>>();
  readonly #dedicated = new Set<RunningServer>();
  #natsTurn: Promise<void> = Promise.resolve();
  #closing = false;

  constructor(
    private readonly options: StartServerOptions = {},
    private readonly start: Start = startServer,
  ) {
    this.#sockets = createServer((socket) => this.#serve(socket));
  }

  async listen(path: string): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#sockets.once('error', reject);
      this.#sockets.listen(path, resolve);
    });
  }

  /** Waits until the spaces of ended leases are cleaned up, and stops every server. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#sockets.close();
    const shared = await Promise.allSettled(this.#shared.values());
    const servers = [
      ...this.#dedicated,
      ...shared.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])),
    ];
    // Only servers given by URL need cleaning up. The others are stopped and lose their data.
    if (servers.some((server) => server.strategy === 'url')) await Promise.allSettled(this.#leases);
    await Promise.allSettled(
      servers.map(async (server) => {
        if (server.strategy !== 'url' && server.pid !== undefined) await server.kill9();
        await server.stop();
      }),
    );
  }

  #serve(socket: Socket): void {
    let space: Promise<Space> | undefined;
    const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    const answer = (reply: Reply): void => void socket.write(`${JSON.stringify(reply)}\n`);
    const fail = (error: unknown): void =>
      answer({
        ok: false,
        code: (error as { code?: string }).code ?? 'UNKNOWN',
        message: error instanceof Error ? error.message : String(error),
      });
    socket.on('error', () => undefined);
    socket.on(
      'data',
      lineReader((line) => {
        const request = JSON.parse(line) as Request;
        if (request.do === 'lease') {
          space = this.#open(request.server, ended);
          const lease = space.then(async (opened) => {
            await ended;
            // Servers that the coordinator started are stopped and lose their data.
            if (!this.#closing || opened.shared === 'across runs') await opened.cleanUp();
          });
          this.#leases.add(lease);
          void lease.catch(() => undefined).finally(() => this.#leases.delete(lease));
        }
        void this.#act(request, space).then((environment) => answer({ ok: true, environment }), fail);
      }),
    );
  }

  async #act(request: Request, space: Promise<Space> | undefined): Promise<Readonly<Record<string, string>>> {
    if (!space) throw new Error('Lease a server first.');
    const { environment, server } = await space;
    const act = SERVER_ACTS.find((name) => name === request.do);
    if (act) {
      if (!server) throw new Error('Other tests use this server. Start a dedicated one with startServer().');
      await server[act]();
    }
    return environment;
  }

  async #open(name: ServerName, ended: Promise<void>): Promise<Space> {
    if (DEDICATED_SERVERS.has(name)) {
      const server = await this.start(name, this.options);
      if (server.strategy !== 'url') return this.#openDedicated(server);
      if (name === 'nats') await this.#nextTurn(ended);
      return openSharedSpace(server);
    }
    let shared = this.#shared.get(name);
    if (!shared) {
      shared = this.start(name, this.options);
      this.#shared.set(name, shared);
    }
    return openSharedSpace(await shared);
  }

  #openDedicated(server: RunningServer): Space {
    this.#dedicated.add(server);
    return {
      environment: { ...server.environment, PREFIX: 'test' },
      server,
      shared: 'dedicated',
      cleanUp: async () => {
        this.#dedicated.delete(server);
        if (server.pid !== undefined) await server.kill9();
        await server.stop();
      },
    };
  }

  /** Resolves when all earlier leases have ended. */
  async #nextTurn(ended: Promise<void>): Promise<void> {
    const before = this.#natsTurn;
    this.#natsTurn = before.then(() => ended);
    await before;
  }
}
