import { connect, createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** One address in front of all replicas of an app. */
export interface Proxy {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Forwards TCP connections to the targets in turn and skips those that refuse. The kernel still accepts connections for
 * a stopped process: like a real load balancer between two health checks, the proxy does not notice.
 *
 * @param targets Ports on the loopback interface. They are read for each connection, because they are known only once
 * the apps have started.
 */
export async function startProxy(targets: () => readonly number[]): Promise<Proxy> {
  const open = new Set<Socket>();
  let nextIndex = 0;
  const server = createServer({ allowHalfOpen: true }, (client) => {
    track(open, client);
    const ports = targets();
    const first = nextIndex++;
    forward(
      client,
      ports.length === 0 ? [] : ports.map((_port, index) => ports[(first + index) % ports.length] ?? 0),
      open,
    );
  });
  await listen(server);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((closed) => {
        for (const socket of open) socket.destroy();
        server.close(() => closed());
      }),
  };
}

function forward(client: Socket, ports: readonly number[], open: Set<Socket>): void {
  const [port, ...others] = ports;
  if (port === undefined || client.destroyed) return void client.destroy();
  const target = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  let connected = false;
  target.once('connect', () => {
    connected = true;
    client.pipe(target);
    target.pipe(client);
  });
  target.on('error', () => {
    if (connected) client.destroy();
    else forward(client, others, open);
  });
  target.on('close', () => connected && client.destroy());
  client.on('close', () => target.destroy());
  track(open, target);
}

function track(open: Set<Socket>, socket: Socket): void {
  open.add(socket);
  socket.on('error', () => undefined);
  socket.on('close', () => open.delete(socket));
}

const listen = (server: Server): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve());
  });
