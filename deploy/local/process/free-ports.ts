import { randomInt } from 'node:crypto';
import { createServer, type Server } from 'node:net';

/**
 * Below the ephemeral range of Linux (32768 and up). A client that keeps reconnecting to a dead loopback port inside
 * that range can be given the very port as its source and connect to itself, and the restarted server cannot bind.
 */
const LOWEST = 15_000;
const HIGHEST = 32_000;

function tryListen(port: number): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => resolve(server));
  });
}

/**
 * Finds `count` different loopback TCP ports that nobody listens on now. Another process may take one before it is
 * used: who starts a server on it retries with new ports.
 */
export async function freePorts(count: number): Promise<number[]> {
  const held: { port: number; server: Server }[] = [];
  for (let tries = 0; held.length < count; tries += 1) {
    if (tries > 1000 + count * 10) throw new Error(`No ${count} free ports between ${LOWEST} and ${HIGHEST}.`);
    const port = randomInt(LOWEST, HIGHEST);
    const server = await tryListen(port);
    if (server) held.push({ port, server });
  }
  await Promise.all(held.map(({ server }) => new Promise((closed) => server.close(closed))));
  return held.map(({ port }) => port);
}

/** Whether a loopback port cannot be had now. */
export async function isListening(port: number): Promise<boolean> {
  const server = await tryListen(port);
  if (!server) return true;
  await new Promise((closed) => server.close(closed));
  return false;
}
