import { randomInt } from 'node:crypto';
import { createServer, type Server } from 'node:net';

/**
 * Below the ephemeral port range of Linux (32768 and up). In that range, a client that keeps reconnecting to a closed
 * loopback port can get the same port as its source port and connect to itself. The restarted server then cannot bind
 * the port.
 */
const MIN_PORT = 15_000;
const MAX_PORT = 32_000;

function tryListen(port: number): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => resolve(server));
  });
}

/**
 * Finds `count` different free loopback TCP ports. Another process may take a port before it is used, so callers retry
 * with new ports when a server cannot start.
 */
export async function findFreePorts(count: number): Promise<number[]> {
  const bound: { port: number; server: Server }[] = [];
  for (let attempts = 0; bound.length < count; attempts += 1) {
    if (attempts > 1000 + count * 10) throw new Error(`No ${count} free ports between ${MIN_PORT} and ${MAX_PORT}.`);
    const port = randomInt(MIN_PORT, MAX_PORT);
    const server = await tryListen(port);
    if (server) bound.push({ port, server });
  }
  await Promise.all(bound.map(({ server }) => new Promise((closed) => server.close(closed))));
  return bound.map(({ port }) => port);
}

/** Whether a loopback port is in use. */
export async function isListening(port: number): Promise<boolean> {
  const server = await tryListen(port);
  if (!server) return true;
  await new Promise((closed) => server.close(closed));
  return false;
}
