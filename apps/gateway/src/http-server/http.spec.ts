import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { parseContract } from '#libs/contracts/index.js';
import { startTestServers } from '#libs/testing/servers/index.js';
import { TEST_DATA_KEY } from '#libs/testing/data-keys.js';
import { GatewayConfig } from '../config/gateway.config.js';
import { createGateway } from '../gateway.js';
import { accepts } from '../requests/accepts.js';
import { ProblemDetails } from '../problems/problem-details.js';

const OPERATOR_KEY = 'operator-key-of-this-test-0123456789';

interface HttpResponse {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: string;
}

describe('error responses', () => {
  let gateway: NestFastifyApplication;
  let port: number;
  let key: string;

  beforeAll(async () => {
    const servers = await startTestServers({ mongo: true, nats: true, redis: true });
    const config = Object.assign(new GatewayConfig(), {
      PORT: 0,
      MONGODB_URI: servers.mongo.uri,
      CUSTOMER_DATA_KEY: TEST_DATA_KEY,
      NATS_URL: servers.nats.url,
      REDIS_URL: servers.redis.url,
      LOG_LEVEL: 'fatal',
      JWT_SECRET: 'jwt-secret-of-this-test-01234567890123',
      OPERATOR_API_KEY: OPERATOR_KEY,
    });
    gateway = await createGateway(config);
    await gateway.listen(0, '127.0.0.1');
    port = Number(new URL(await gateway.getUrl()).port);
    const body = JSON.stringify({ name: 'Acme', zone: 'Europe/London' });
    const created = await send(
      'POST',
      '/v1/organizations',
      { authorization: `Bearer ${OPERATOR_KEY}`, ...JSON_CONTENT_TYPE },
      body,
    );
    key = (JSON.parse(created.body) as { apiKey: string }).apiKey;
  });

  afterAll(() => gateway?.close());

  const JSON_CONTENT_TYPE = { 'content-type': 'application/json' };
  const createAuthorization = (): Record<string, string> => ({ authorization: `Bearer ${key}` });

  /** Uses `node:http`, because `fetch` forbids some methods and normalizes paths. */
  async function send(
    method: string,
    path: string,
    headers: Record<string, string> = {},
    body: string | Buffer = '',
  ): Promise<HttpResponse> {
    const length = body.length > 0 ? { 'content-length': String(Buffer.byteLength(body)) } : {};
    const clientRequest = httpRequest({
      host: '127.0.0.1',
      port,
      method,
      path,
      headers: { ...length, ...headers },
      agent: false,
    });
    clientRequest.end(body);
    const [response] = (await once(clientRequest, 'response')) as [IncomingMessage];
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    return { status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString() };
  }

  function readProblem(response: HttpResponse): ProblemDetails {
    expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
    const problem = parseContract(ProblemDetails, JSON.parse(response.body), 'reject');
    expect(problem.status).toBe(response.status);
    expect(problem.type).toBe(`urn:delauto:problem:${problem.code}`);
    return problem;
  }

  it.each([
    ['an unknown path', 'GET', '/v1/nothing', 404, 'unknown_path'],
    ['a path with a trailing slash', 'GET', '/v1/deliveries/', 404, 'unknown_path'],
    ['a path with invalid encoding', 'GET', '/v1/deliveries/%zz', 400, 'malformed_request'],
    ['an invalid id', 'GET', '/v1/deliveries/%24ne', 400, 'invalid_request'],
    ['an id that is too long', 'GET', `/v1/deliveries/${'a'.repeat(129)}`, 400, 'invalid_request'],
    ['an unknown parameter', 'GET', '/v1/deliveries/dlv_1?expand=all', 400, 'invalid_request'],
    ['a parameter that is not a number', 'GET', '/v1/deliveries?limit=ten', 400, 'invalid_request'],
    ['a parameter given twice', 'GET', '/v1/deliveries?limit=1&limit=2', 400, 'invalid_request'],
  ])('are problem details for %s: %s %s', async (_what, method, path, status, code) => {
    const problem = readProblem(await send(method, path, createAuthorization()));
    expect([problem.status, problem.code]).toEqual([status, code]);
  });

  it.each([
    ['broken JSON', '{"a":', JSON_CONTENT_TYPE, 400, 'malformed_request'],
    ['an empty body', '', JSON_CONTENT_TYPE, 400, 'malformed_request'],
    ['a prototype', '{"__proto__":{"admin":true}}', JSON_CONTENT_TYPE, 400, 'malformed_request'],
    ['a list', '[]', JSON_CONTENT_TYPE, 400, 'invalid_request'],
    ['a form', 'name=Acme', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'unsupported_media_type'],
    ['a picture', 'GIF89a', { 'content-type': 'image/gif' }, 415, 'unsupported_media_type'],
    ['another type', 'name=Acme', { 'content-type': 'text/plain' }, 415, 'unsupported_media_type'],
    ['an unknown charset', '{}', { 'content-type': 'application/json; charset=utf-99' }, 400, 'invalid_request'],
  ])('are problem details for %s as the body', async (_what, body, headers, status, code) => {
    const problem = readProblem(await send('POST', '/v1/deliveries', { ...createAuthorization(), ...headers }, body));
    expect([problem.status, problem.code]).toEqual([status, code]);
  });

  it('refuse a media type that the client does not accept, after authentication', async () => {
    const acceptHtmlOnly = { accept: 'text/html, application/json;q=0' };
    expect(readProblem(await send('GET', '/v1/deliveries', { ...createAuthorization(), ...acceptHtmlOnly })).code).toBe(
      'not_acceptable',
    );
    expect(readProblem(await send('GET', '/v1/deliveries/%24ne', acceptHtmlOnly)).code).toBe('unauthorized');
  });

  it('to an unsupported method are 405 with the supported methods in Allow', async () => {
    for (const method of ['PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND', 'QUERY']) {
      const response = await send(method, '/v1/deliveries', createAuthorization());
      expect([method, response.status, response.headers['allow']]).toEqual([method, 405, 'GET, HEAD, OPTIONS, POST']);
      expect(readProblem(response).code).toBe('method_not_allowed');
    }
    const response = await send('DELETE', '/v1/deliveries/dlv_1/timeline');
    expect([response.status, response.headers['allow']]).toEqual([405, 'GET, HEAD, OPTIONS']);
    // The path does not match `/v1/invitations/:invitationId`.
    const literalPath = await send('DELETE', '/v1/invitations/accept', createAuthorization());
    expect([literalPath.status, literalPath.headers['allow']]).toEqual([405, 'OPTIONS, POST']);
  });

  it('are not needed for OPTIONS, which lists methods, and HEAD, which returns only headers', async () => {
    const options = await send('OPTIONS', '/v1/deliveries');
    expect([options.status, options.headers['allow'], options.body]).toEqual([204, 'GET, HEAD, OPTIONS, POST', '']);
    expect(readProblem(await send('OPTIONS', '/v1/nothing')).code).toBe('unknown_path');
    const head = await send('HEAD', '/openapi.json');
    expect([head.status, head.body]).toEqual([200, '']);
    expect(Number(head.headers['content-length'])).toBeGreaterThan(10_000);
  });

  it('contain the trace id and the request id', async () => {
    const problem = readProblem(
      await send('GET', '/v1/nothing', { traceparent: `00-${'4'.repeat(32)}-${'2'.repeat(16)}-01` }),
    );
    expect(problem.traceId).toBe('4'.repeat(32));
    expect(problem.instance).toMatch(/^urn:delauto:request:.+/);
  });

  it.each([
    ['bytes that are not HTTP', 'NONSENSE\r\n\r\n', 400, 'malformed_request'],
    ['a method that Node does not know', 'BREW /v1/deliveries HTTP/1.1\r\nhost: a\r\n\r\n', 400, 'malformed_request'],
    [
      'headers that are too large',
      `GET / HTTP/1.1\r\nhost: a\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`,
      431,
      'headers_too_large',
    ],
    [
      'a body that is too large',
      'POST /v1/deliveries HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: 99999999\r\n\r\n{',
      413,
      'body_too_large',
    ],
    [
      'conflicting lengths',
      'POST /v1/deliveries HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n',
      400,
      'malformed_request',
    ],
  ])('are also problem details for %s', async (_what, bytes, status, code) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(bytes);
    let receivedText = '';
    for await (const chunk of socket) receivedText += String(chunk);
    const [head = '', body = ''] = receivedText.split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(head).toContain('content-type: application/problem+json');
    expect(parseContract(ProblemDetails, JSON.parse(body), 'reject')).toMatchObject({ status, code });
  });
});

describe('Accept', () => {
  it.each([
    [undefined, true],
    ['', true],
    ['*/*', true],
    ['application/*;q=0.2', true],
    ['text/html,application/xhtml+xml,*/*;q=0.8', true],
    ['APPLICATION/JSON', true],
    ['text/html', false],
    ['application/json;q=0', false],
    ['*/*, application/json;q=0', false],
    ['application/*;q=0.0, */*', false],
    [',;q', false],
  ])('%s: %s', (header, isAccepted) => {
    expect(accepts(header, 'application/json')).toBe(isAccepted);
  });
});
