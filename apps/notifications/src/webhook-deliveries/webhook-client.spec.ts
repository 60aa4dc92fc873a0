import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connectionLossConformance } from '#libs/adapters/connection-loss.conformance.js';
import { AddressPolicy } from '../addresses/address-policy.js';
import { WebhookClient } from './webhook-client.js';

let server: Server;
let handle: RequestListener;
let url: string;

beforeAll(async () => {
  server = createServer((request, response) => handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const webhook = (to = url) => ({ url: to, body: '{"a":"ü"}', headers: { 'webhook-id': 'whk_1' } });

describe('WebhookClient', () => {
  it('posts the body with its headers and returns the status', async () => {
    let received: { method: string | undefined; id: unknown; type: unknown; body: string } | undefined;
    handle = (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { 'webhook-id': id, 'content-type': type } = request.headers;
        received = { method: request.method, id, type, body: Buffer.concat(chunks).toString() };
        response.writeHead(202).end('thanks');
      });
    };
    const result = await new WebhookClient(new AddressPolicy(true)).post(webhook());
    expect(result).toEqual({ kind: 'answered', status: 202 });
    expect(received).toEqual({ method: 'POST', id: 'whk_1', type: 'application/json', body: '{"a":"ü"}' });
  });

  it('does not follow redirects', async () => {
    let requests = 0;
    handle = (_request, response) => {
      requests += 1;
      response.writeHead(307, { location: url }).end();
    };
    expect(await new WebhookClient(new AddressPolicy(true)).post(webhook())).toEqual({ kind: 'answered', status: 307 });
    expect(requests).toBe(1);
  });

  it('reads Retry-After', async () => {
    handle = (_request, response) => void response.writeHead(429, { 'retry-after': '90' }).end();
    const result = await new WebhookClient(new AddressPolicy(true)).post(webhook());
    expect(result).toEqual({ kind: 'answered', status: 429, retryAfterSeconds: 90 });
  });

  it('times out if the server does not respond', async () => {
    handle = () => undefined;
    const result = await new WebhookClient(new AddressPolicy(true), 50).post(webhook());
    expect(result.kind).toBe('failed');
  });

  it('returns the status of a response whose body never ends', async () => {
    handle = (_request, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write('x'), 10);
      response.on('close', () => clearInterval(drip));
    };
    expect(await new WebhookClient(new AddressPolicy(true), 200).post(webhook())).toEqual({
      kind: 'answered',
      status: 200,
    });
  });

  it('refuses addresses in our own network, and names that resolve to them', async () => {
    let requests = 0;
    handle = (_request, response) => {
      requests += 1;
      response.end();
    };
    const client = new WebhookClient(new AddressPolicy(false));
    const { port } = server.address() as AddressInfo;
    for (const target of [url, `https://127.0.0.1:${port}/`, `https://localhost:${port}/`, `https://[::1]:${port}/`]) {
      expect((await client.post(webhook(target))).kind).toBe('failed');
    }
    const byName = await client.post(webhook(`https://localhost:${port}/`));
    expect(byName).toEqual({ kind: 'failed', reason: 'localhost does not resolve to the public internet.' });
    expect(requests).toBe(0);
  });
});

connectionLossConformance('webhooks', (serverUrl) => {
  const client = new WebhookClient(new AddressPolicy(true));
  const ask = async () => {
    const attempt = await client.post(webhook(serverUrl));
    if (attempt.kind === 'failed') throw new Error(attempt.reason);
  };
  return { ask, answer: () => ({ status: 200, body: '' }), isRepeatable: true };
});
