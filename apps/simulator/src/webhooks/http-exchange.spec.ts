import { setImmediate as nextMacrotask } from 'node:timers/promises';
import { startScriptedServer, type ScriptedServer } from '#libs/adapters/scripted-server.conformance.js';
import { closeConnections, exchange, type HttpReply } from './http-exchange.js';

describe('exchange', () => {
  let server: ScriptedServer;
  beforeEach(async () => {
    server = await startScriptedServer();
    server.setResponse((response) => response.writeHead(200).end('<Response/>'));
  });
  afterEach(async () => {
    closeConnections();
    await server.stop();
  });

  const post = (): Promise<HttpReply> =>
    exchange(
      server.url,
      { method: 'POST', headers: {}, body: 'CallSid=CA1' },
      { connectTimeoutMs: 2_000, readTimeoutMs: 5_000 },
      15_000,
    );

  it('repeats the request on a new connection if a reused one is closed', async () => {
    await Promise.all([post(), post()]);
    server.resetReusedConnections();
    for (let count = 0; count < 3; count += 1) {
      await nextMacrotask();
      expect(await post()).toMatchObject({ status: 200 });
    }
  });

  it('reports a new connection that breaks as a read failure, without repeating the request', async () => {
    server.setResponse((response) => void response.socket?.resetAndDestroy());
    await expect(post()).rejects.toMatchObject({ kind: 'rt' });
    expect(server.requests).toHaveLength(1);
  });
});
