import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Webhook as Signer } from 'standardwebhooks';
import { ConnectionError, DelAuto, ProblemError, readWebhook, WebhookSignatureError } from './index.js';

interface ScriptedResponse {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

const SECRET = `whsec_${Buffer.from('a secret of thirty-two bytes ...').toString('base64')}`;

describe('HttpClient', () => {
  let server: Server;
  let requests: { method: string; url: string; headers: IncomingMessage['headers']; body: string }[];
  let script: (ScriptedResponse | 'hang up')[];
  let pauses: number[];
  let api: DelAuto;

  beforeEach(async () => {
    [requests, script, pauses] = [[], [], []];
    server = createServer((request, response) => {
      void text(request).then((body) => {
        requests.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
        const next = script.shift() ?? { status: 500 };
        if (next === 'hang up') return request.socket.destroy();
        response.writeHead(next.status, { 'content-type': 'application/json', ...next.headers });
        return response.end(next.body === undefined ? '' : JSON.stringify(next.body));
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    api = new DelAuto({
      baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      credential: () => Promise.resolve('key'),
      sleep: (ms) => Promise.resolve(void pauses.push(ms)),
    });
  });

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const problem = (status: number, code: string, headers: Record<string, string> = {}): ScriptedResponse => ({
    status,
    headers: { 'x-request-id': 'request-1', ...headers },
    body: { type: `urn:delauto:problem:${code}`, title: code, status, detail: 'Why.', code },
  });
  const input = { reference: 'A', window: { start: '2026-03-02T15:00:00Z', end: '2026-03-02T17:00:00Z' } };

  it('retries transient failures with the same key after the requested delay', async () => {
    script = [
      problem(503, 'unavailable', { 'retry-after': '7' }),
      'hang up',
      problem(409, 'idempotency_in_flight'),
      { status: 201, body: { deliveryId: 'dlv_1' } },
    ];
    expect(await api.createDelivery(input)).toEqual({ deliveryId: 'dlv_1' });
    const keys = requests.map(({ headers }) => headers['idempotency-key']);
    expect(keys).toHaveLength(4);
    expect(new Set(keys).size).toBe(1);
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(pauses[0]).toBe(7_000);
    expect(requests[0]).toMatchObject({ method: 'POST', url: '/v1/deliveries', body: JSON.stringify(input) });
    expect(requests[0]?.headers).toMatchObject({ authorization: 'Bearer key', 'content-type': 'application/json' });
  });

  it('gives up after the maximum number of retries, and at once on permanent failures', async () => {
    script = Array.from({ length: 9 }, () => problem(503, 'unavailable'));
    await expect(api.getDelivery('dlv_1')).rejects.toMatchObject({ status: 503 });
    expect(requests).toHaveLength(5);
    script = [problem(422, 'window_invalid')];
    const refused = await api.createDelivery(input).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ProblemError);
    expect(refused).toMatchObject({ code: 'window_invalid', status: 422, requestId: 'request-1' });
    expect(requests).toHaveLength(6);
  });

  it('does not retry a request without a key that may have taken effect', async () => {
    script = ['hang up', 'hang up'];
    await expect(api.createAudioLink('rec_1')).rejects.toBeInstanceOf(ConnectionError);
    expect(requests).toHaveLength(1);
  });

  it('retries a request without a key if the connection was refused', async () => {
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    const failedRequest = api.createAudioLink('rec_1').catch((error: unknown) => error);
    expect(await failedRequest).toBeInstanceOf(ConnectionError);
    expect(pauses).toHaveLength(4);
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    script = [{ status: 201, body: { url: 'https://example.com/recording' } }];
    await api.createAudioLink('rec_1');
    expect(requests).toHaveLength(1);
  });

  it('encodes path parameters, queries and revisions', async () => {
    script = [
      { status: 200, body: {} },
      { status: 200, body: { items: [] } },
      { status: 200, body: {} },
    ];
    await api.getDelivery('a/b?c');
    await api.listDeliveries({ limit: 2 });
    await api.cancelDelivery('dlv_1', {}, { ifMatch: 7, idempotencyKey: 'mine' });
    expect(requests.map(({ url }) => url)).toEqual([
      '/v1/deliveries/a%2Fb%3Fc',
      '/v1/deliveries?limit=2',
      '/v1/deliveries/dlv_1/cancellation',
    ]);
    expect(requests[2]?.headers).toMatchObject({ 'if-match': '"7"', 'idempotency-key': 'mine' });
  });

  it('fetches a page only when its items are requested', async () => {
    const page = (nextCursor: string | undefined, ...ids: string[]): ScriptedResponse => ({
      status: 200,
      body: { items: ids.map((deliveryId) => ({ deliveryId })), ...(nextCursor ? { nextCursor } : {}) },
    });
    script = [page('c1', 'a', 'b'), page(undefined, 'c')];
    const deliveries = api.iterateDeliveries({ limit: 2 });
    expect((await deliveries.next()).value).toMatchObject({ deliveryId: 'a' });
    expect(requests).toHaveLength(1);
    const remainingIds: string[] = [];
    for await (const { deliveryId } of deliveries) remainingIds.push(deliveryId);
    expect(remainingIds).toEqual(['b', 'c']);
    expect(requests[1]?.url).toBe('/v1/deliveries?limit=2&cursor=c1');
  });

  it('reports a response from a proxy as not from the API', async () => {
    script = [{ status: 418, headers: { 'content-type': 'text/html' } }];
    await expect(api.getDelivery('dlv_1')).rejects.toMatchObject({ status: 418, code: 'not_from_the_api' });
  });
});

describe('readWebhook', () => {
  const now = new Date('2026-03-02T15:00:00Z');
  const body = JSON.stringify({
    type: 'delivery.refused',
    timestamp: '2026-03-02T14:00:00Z',
    data: { deliveryId: 'dlv_1' },
  });
  const signHeaders = (secret: string, at = now): Record<string, string> => ({
    'webhook-id': 'whk_1',
    'webhook-timestamp': String(at.getTime() / 1_000),
    'webhook-signature': new Signer(secret).sign('whk_1', at, body),
  });
  const read = (headers: Record<string, string>, text = body): Promise<unknown> =>
    readWebhook(SECRET, (name) => headers[name], text, now);

  it('accepts a webhook signed with the secret, also among other signatures', async () => {
    expect(await read(signHeaders(SECRET))).toMatchObject({ type: 'delivery.refused', data: { deliveryId: 'dlv_1' } });
    const rotated = {
      ...signHeaders(SECRET),
      'webhook-signature': `v1,AAAA v2,x ${signHeaders(SECRET)['webhook-signature']}`,
    };
    expect(await read(rotated)).toMatchObject({ type: 'delivery.refused' });
  });

  it.each([
    ['another secret', signHeaders(`whsec_${Buffer.from('another').toString('base64')}`), body],
    ['another body', signHeaders(SECRET), body.replace('dlv_1', 'dlv_2')],
    ['an old webhook that is replayed', signHeaders(SECRET, new Date('2026-03-02T14:00:00Z')), body],
    ['no headers', {}, body],
    ['an invalid timestamp', { ...signHeaders(SECRET), 'webhook-timestamp': 'now' }, body],
    ['an invalid signature', { ...signHeaders(SECRET), 'webhook-signature': 'v1,%%%' }, body],
  ])('rejects %s', async (_what, headers, text) => {
    await expect(read(headers, text)).rejects.toBeInstanceOf(WebhookSignatureError);
  });
});
