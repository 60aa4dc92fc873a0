import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setImmediate as nextMacrotask } from 'node:timers/promises';
import { text } from 'node:stream/consumers';
import { startScriptedServer, type ScriptedServer } from '#libs/adapters/scripted-server.conformance.js';
import { httpFetch } from './http-fetch.js';
import { sendRequest, type OutgoingRequest } from './send-request.js';

let server: ScriptedServer;
beforeEach(async () => {
  server = await startScriptedServer();
  server.setResponse((response, { body }) => response.writeHead(200).end(body));
});
afterEach(() => server.stop());

const send = async (changes: Partial<OutgoingRequest> = {}, url = server.url): Promise<string> => {
  const signal = new AbortController().signal;
  const request = { method: 'POST', headers: {}, body: 'x', signal, isIdempotent: true, ...changes };
  return text(await sendRequest(new URL(url), request));
};

describe('sendRequest', () => {
  it('reuses connections only for idempotent requests', async () => {
    for (const isIdempotent of [true, true, false, false, true]) {
      await send({ isIdempotent });
      // A connection returns to its agent in the event-loop iteration after the response.
      await nextMacrotask();
    }
    expect(server.countConnections()).toBe(3);
  });

  it('sends each request on a new connection with `needsNewConnection`', async () => {
    for (let count = 0; count < 3; count += 1) await send({ needsNewConnection: true }).then(() => nextMacrotask());
    expect(server.countConnections()).toBe(3);
  });

  it('retries any request that failed before the end of the TLS handshake, because it was not sent', async () => {
    let connections = 0;
    const resettingServer = createServer((socket) => {
      connections += 1;
      socket.once('data', () => socket.resetAndDestroy());
    });
    resettingServer.listen(0, '127.0.0.1');
    await once(resettingServer, 'listening');
    const { port } = resettingServer.address() as AddressInfo;
    await expect(send({ isIdempotent: false }, `https://127.0.0.1:${port}`)).rejects.toThrow();
    expect(connections).toBe(2);
    resettingServer.close();
  });

  it('includes the retry in the timeout', async () => {
    const controller = new AbortController();
    server.setResponse((response) => {
      if (server.requests.length === 1) response.socket?.resetAndDestroy();
      else controller.abort(new Error('time is up'));
    });
    await expect(send({ signal: controller.signal })).rejects.toThrow('time is up');
    expect(server.requests).toHaveLength(2);
  });

  it('does not retry after the timeout', async () => {
    const controller = new AbortController();
    server.setResponse(() => controller.abort());
    await expect(send({ signal: controller.signal })).rejects.toMatchObject({ name: 'AbortError' });
    await expect(send({ signal: controller.signal })).rejects.toMatchObject({ name: 'AbortError' });
    expect(server.requests).toHaveLength(1);
  });

  it('aborts the reading of a response body with the signal', async () => {
    const controller = new AbortController();
    server.setResponse(
      (response) => void response.writeHead(200).write('x', () => controller.abort(new Error('time is up'))),
    );
    await expect(send({ signal: controller.signal })).rejects.toThrow('time is up');
  });

  it('does not retry a request with an incomplete response, or one that is not HTTP', async () => {
    server.setResponse((response) => response.writeHead(200).write('x', () => response.destroy()));
    await expect(send()).rejects.toMatchObject({ code: 'ECONNRESET' });
    server.setResponse((response) => response.socket?.end('no HTTP\r\n\r\n'));
    await expect(send()).rejects.toMatchObject({ code: 'HPE_INVALID_CONSTANT' });
    expect(server.requests).toHaveLength(2);
  });
});

describe('httpFetch', () => {
  const fetchIdempotent = httpFetch({ isIdempotent: true });

  it('sends forms and returns status and headers', async () => {
    server.setJsonResponse(202, { taken: true }, { 'x-request': '7' });
    const form = new FormData();
    form.append('model', 'whisper-1');
    const response = await fetchIdempotent(`${server.url}/a?b=c`, { method: 'POST', body: form });
    expect(response.status).toBe(202);
    expect(response.headers.get('x-request')).toBe('7');
    expect(await response.json()).toEqual({ taken: true });
    const [request] = server.requests;
    expect(request).toMatchObject({ method: 'POST', path: '/a' });
    expect(request?.contentType).toMatch(/^multipart\/form-data; boundary=/);
    expect(request?.body.toString()).toContain('whisper-1');
  });

  it('accepts a response without a body', async () => {
    server.setResponse((response) => response.writeHead(204).end());
    expect((await fetchIdempotent(server.url)).body).toBeNull();
  });

  it('follows a limited number of redirects, and sends credentials only to the same origin', async () => {
    const other = await startScriptedServer();
    other.setResponse((response) => response.writeHead(200).end('media'));
    server.setResponse((response, { path }) => {
      response.writeHead(302, { location: path === '/first' ? '/second' : other.url }).end();
    });
    const headers = { authorization: 'Basic x' };
    expect(await (await fetchIdempotent(`${server.url}/first`, { headers })).text()).toBe('media');
    expect(server.requests.map(({ authorization }) => authorization)).toEqual(['Basic x', 'Basic x']);
    expect(other.requests.map(({ authorization }) => authorization)).toEqual([undefined]);
    await other.stop();
    server.setResponse((response) => response.writeHead(302, { location: '/' }).end());
    await expect(fetchIdempotent(server.url)).rejects.toThrow('redirects');
  });

  it('returns a redirect that must not be followed', async () => {
    server.setResponse((response) => response.writeHead(302, { location: '/' }).end());
    expect((await fetchIdempotent(server.url, { redirect: 'manual' })).status).toBe(302);
    expect((await fetchIdempotent(server.url, { method: 'POST', body: 'x' })).status).toBe(302);
  });
});
