import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startProxy, type Proxy } from './round-robin-proxy.js';

const servers: Server[] = [];
let proxy: Proxy;

async function startTarget(name: string): Promise<number> {
  const server = createServer((_request, response) => void response.setHeader('connection', 'close').end(name));
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return (server.address() as AddressInfo).port;
}

const close = (server: Server | undefined): Promise<unknown> =>
  new Promise((closed) => (server ? server.close(closed) : closed(undefined)));

const request = async (): Promise<string> => (await fetch(proxy.url, { headers: { connection: 'close' } })).text();

afterEach(async () => {
  await proxy.close();
  await Promise.all(servers.splice(0).map(close));
});

it('the round-robin proxy uses targets in turn, skips one that is down, and refuses connections when all are down', async () => {
  const ports = [await startTarget('one'), await startTarget('two')];
  proxy = await startProxy(() => ports);
  expect(new Set([await request(), await request()])).toEqual(new Set(['one', 'two']));
  await close(servers[0]);
  expect([await request(), await request()]).toEqual(['two', 'two']);
  await close(servers[1]);
  await expect(request()).rejects.toThrow();
});
