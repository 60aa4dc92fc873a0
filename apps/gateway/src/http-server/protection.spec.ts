import { connect } from 'node:net';
import { isTooDeep } from './protection.js';
import { DELIVERY_INPUT, EdgeFixture } from '../testing/edge-fixture.js';

describe('every request', () => {
  let edge: EdgeFixture;
  let key: string;

  beforeAll(async () => {
    edge = await EdgeFixture.start({ CORS_ORIGINS: 'https://office.example, https://app.example' });
    ({ key } = await edge.createOrganization());
  });
  afterAll(() => edge?.stop());

  it('gets security headers in its response, including errors and unknown paths', async () => {
    for (const path of ['/health/live', '/v1/deliveries', '/v1/nothing']) {
      const { headers } = await edge.call('GET', path);
      expect(headers.get('content-security-policy')).toBe("default-src 'none';frame-ancestors 'none'");
      expect(headers.get('strict-transport-security')).toMatch(/^max-age=31536000/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('server')).toBeNull();
    }
  });

  it('has an id: the client’s if it is valid, else a new one', async () => {
    const getRequestId = async (clientId?: string): Promise<string> =>
      String(
        (
          await edge.call(
            'GET',
            '/v1/deliveries',
            clientId === undefined ? {} : { headers: { 'x-request-id': clientId } },
          )
        ).headers.get('x-request-id'),
      );
    expect(await getRequestId('client-0123456789')).toBe('client-0123456789');
    for (const invalidId of ['short', 'x'.repeat(129), 'has a space in it', '"};evil'])
      expect(await getRequestId(invalidId)).not.toBe(invalidId);
    expect(await getRequestId()).not.toBe(await getRequestId());
  });

  it('from a browser is permitted only from configured origins', async () => {
    const preflight = (origin: string) =>
      edge.call('OPTIONS', '/v1/deliveries', {
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'authorization,idempotency-key',
        },
      });
    const allowedOrigin = await preflight('https://app.example');
    expect(allowedOrigin.status).toBe(204);
    expect(allowedOrigin.headers.get('access-control-allow-origin')).toBe('https://app.example');
    expect(allowedOrigin.headers.get('access-control-allow-credentials')).toBeNull();
    const unknownOrigin = await preflight('https://app.example.evil.example');
    expect(unknownOrigin.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('is limited in body size and JSON depth', async () => {
    const large = { ...DELIVERY_INPUT, reference: 'x'.repeat(64 * 1024) };
    expect((await edge.call('POST', '/v1/deliveries', { key, body: large })).status).toBe(413);
    const deep = `{"reference":${'['.repeat(10_000)}${']'.repeat(10_000)}}`;
    const headers = { 'idempotency-key': 'deep' };
    expect((await edge.call('POST', '/v1/deliveries', { key, body: deep, headers })).status).toBe(400);
  });

  it('gets a compressed response if it is large enough and the client accepts it', async () => {
    const body = {
      reference: 'x'.repeat(200),
      ...Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`f${n}`, n])),
    };
    const headers = { 'accept-encoding': 'br' };
    const large = await edge.call('POST', '/v1/deliveries', { key, body, headers });
    expect(large.status).toBe(400);
    expect(large.headers.get('content-encoding')).toBe('br');
    expect(JSON.parse(large.text)).toMatchObject({ status: 400 });
    expect((await edge.call('GET', '/v1/nothing', { key, headers })).headers.get('content-encoding')).toBeNull();
  });

  it('is limited in header size', async () => {
    const { hostname, port } = new URL(edge.gateway().url);
    const response = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => {
        socket.write(`GET /v1/deliveries HTTP/1.1\r\nhost: x\r\nx-large: ${'y'.repeat(20_000)}\r\n\r\n`);
      });
      socket.on('data', (data) => resolve(String(data)));
      socket.on('error', reject);
    });
    expect(response).toMatch(/^HTTP\/1\.1 431 /);
  });

  it('is counted in metrics by route, never by the path that a client sent', async () => {
    await edge.call('GET', '/v1/deliveries/dlv_0123456789abcdef01234567?secret=1');
    await edge.call('GET', '/v1/no-such-path-zebra');
    const { text } = await edge.call('GET', '/metrics');
    expect(text).toContain('route="/v1/deliveries/:deliveryId"');
    expect(text).toContain('route="unmatched"');
    expect(text).not.toMatch(/zebra|dlv_0123|secret/);
  });
});

describe('isTooDeep', () => {
  it.each([
    ['a value', 1, 0, false],
    ['an object', { a: 1 }, 1, false],
    ['an object in an object', { a: { b: 1 } }, 1, true],
    ['a list in a list', [[1]], 2, false],
    ['a million levels', JSON.parse(`${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`), 32, true],
  ])('measures the depth of %s', (_what, json, maxDepth, expected) => expect(isTooDeep(json, maxDepth)).toBe(expected));
});
