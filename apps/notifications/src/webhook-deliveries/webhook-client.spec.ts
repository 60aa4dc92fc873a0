import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connectionLossConformance } from '#libs/adapters/connection-loss.conformance.js';
import { AddressPolicy } from '../addresses/address-policy.js';
import { WebhookClient } from './webhook-client.js';

let server: Server;
let handleRequest: RequestListener;
let url: string;

beforeAll(async () => {
  server = createServer((request, response) => handleRequest(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const createWebhook = (targetUrl = url) => ({ url: targetUrl, body: '{"a":"ü"}', headers: { 'webhook-id': 'whk_1' } });

describe('WebhookClient', () => {
  it('posts the body with its headers and returns the status', async () => {
    let receivedRequest: { method: string | undefined; id: unknown; type: unknown; body: string } | undefined;
    handleRequest = (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { 'webhook-id': id, 'content-type': type } = request.headers;
        receivedRequest = { method: request.method, id, type, body: Buffer.concat(chunks).toString() };
        response.writeHead(202).end('thanks');
      });
    };
    const result = await new WebhookClient(new AddressPolicy(true)).post(createWebhook());
    expect(result).toEqual({ kind: 'responded', status: 202 });
    expect(receivedRequest).toEqual({ method: 'POST', id: 'whk_1', type: 'application/json', body: '{"a":"ü"}' });
  });

  it('does not follow redirects', async () => {
    let requests = 0;
    handleRequest = (_request, response) => {
      requests += 1;
      response.writeHead(307, { location: url }).end();
    };
    expect(await new WebhookClient(new AddressPolicy(true)).post(createWebhook())).toEqual({
      kind: 'responded',
      status: 307,
    });
    expect(requests).toBe(1);
  });

  it('reads Retry-After', async () => {
    handleRequest = (_request, response) => void response.writeHead(429, { 'retry-after': '90' }).end();
    const result = await new WebhookClient(new AddressPolicy(true)).post(createWebhook());
    expect(result).toEqual({ kind: 'responded', status: 429, retryAfterSeconds: 90 });
  });

  it('times out if the server does not respond', async () => {
    handleRequest = () => undefined;
    const result = await new WebhookClient(new AddressPolicy(true), 50).post(createWebhook());
    expect(result.kind).toBe('failed');
  });

  it('returns the status of a response whose body never ends', async () => {
    handleRequest = (_request, response) => {
      response.writeHead(200);
      const interval = setInterval(() => response.write('x'), 10);
      response.on('close', () => clearInterval(interval));
    };
    expect(await new WebhookClient(new AddressPolicy(true), 200).post(createWebhook())).toEqual({
      kind: 'responded',
      status: 200,
    });
  });

  it('refuses addresses in DelAuto’s network, and host names that resolve to them', async () => {
    let requests = 0;
    handleRequest = (_request, response) => {
      requests += 1;
      response.end();
    };
    const client = new WebhookClient(new AddressPolicy(false));
    const { port } = server.address() as AddressInfo;
    for (const target of [url, `https://127.0.0.1:${port}/`, `https://localhost:${port}/`, `https://[::1]:${port}/`]) {
      expect((await client.post(createWebhook(target))).kind).toBe('failed');
    }
    const resultByHostName = await client.post(createWebhook(`https://localhost:${port}/`));
    expect(resultByHostName).toEqual({ kind: 'failed', reason: 'localhost does not resolve to the public internet.' });
    expect(requests).toBe(0);
  });
});

connectionLossConformance('webhooks', (serverUrl) => {
  const client = new WebhookClient(new AddressPolicy(true));
  const ask = async () => {
    const attempt = await client.post(createWebhook(serverUrl));
    if (attempt.kind === 'failed') throw new Error(attempt.reason);
  };
  return { ask, answer: () => ({ status: 200, body: '' }), isRepeatable: true };
});
