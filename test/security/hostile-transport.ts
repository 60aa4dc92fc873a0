import { rawRequest } from '../front-door/raw-request.js';
import type { Scene } from './scene.js';

const ESCAPE = String.fromCharCode(27);
/** Escape sequences that color a terminal, clear it, and set its title. */
const ANSI = `${ESCAPE}[31m${ESCAPE}[2J${ESCAPE}]0;owned${String.fromCharCode(7)}`;

export function hostileTransport(scene: () => Scene): void {
  describe('headers and paths', () => {
    const get = (path: string, headers: readonly string[] = []): ReturnType<typeof rawRequest> =>
      rawRequest(
        scene().product.url,
        [
          `GET ${path} HTTP/1.1`,
          'host: localhost',
          'connection: close',
          `authorization: Bearer ${scene().own.adminKey}`,
          ...headers,
          '',
          '',
        ].join('\r\n'),
      );

    it('line breaks in a path or a query reach neither the response’s headers nor log lines', async () => {
      const forged = 'forged-line';
      const response = await get(`/v1/deliveries/dlv%0d%0aset-cookie:%20${forged}%0a%0d${forged}?x=%0d%0a${forged}`);
      expect([400, 404]).toContain(response.status);
      expect(response.text.split('\r\n\r\n')[0]?.toLowerCase()).not.toMatch(/set-cookie/);
      const lines = (await scene().product.logs()).split('\n');
      expect(lines.filter((line) => line.startsWith(forged) || line.startsWith('set-cookie'))).toEqual([]);
    });

    it('terminal control sequences reach no log', async () => {
      const { product, own } = scene();
      await get(`/v1/deliveries/${encodeURIComponent(ANSI)}`, [`x-request-id: a${ANSI}`, `user-agent: ${ANSI}`]);
      await product.call('POST', '/v1/customers', { as: own.adminKey, body: { [ANSI]: ANSI, name: ANSI } });
      const response = await get('/v1/deliveries', [`idempotency-key: ${ANSI}`, `if-match: ${ANSI}`]);
      expect(response.status).toBeLessThan(500);
      const linesWithEscapes = (await product.logs()).split('\n').filter((line) => line.includes(ESCAPE));
      expect(linesWithEscapes.slice(0, 5)).toEqual([]);
    });

    it('an invalid request id is not returned', async () => {
      for (const id of [ANSI, '<script>', 'x'.repeat(300), 'a b', "'; drop"]) {
        const response = await get('/v1/deliveries', [`x-request-id: ${id}`]);
        expect(response.status).toBeLessThan(500);
        expect(response.text).not.toContain(id);
      }
    });

    it.each<[string, readonly string[], readonly number[]]>([
      ['one header of 100 KB', [`x-large: ${'x'.repeat(100_000)}`], [431]],
      ['thousands of headers', Array.from({ length: 5_000 }, (_, index) => `x-${index}: 1`), [200, 431]],
      ['a credential of 15 KB', [`x-cred: Bearer ${'x'.repeat(15_000)}`], [200, 431]],
      ['a folded header', ['x-folded: a', ' b'], [200, 400]],
      ['a header with a NUL', ['x-nul: a\0b'], [400]],
      ['a bare carriage return', ['x-cr: a\rb: c'], [400]],
    ])('%s: rejected or harmless', async (_what, headers, expected) => {
      const response = await get('/v1/deliveries?limit=1', headers);
      expect(expected).toContain(response.status);
    });

    it('a path of 100 KB: rejected', async () => {
      expect([404, 414, 431]).toContain((await get(`/v1/${'x'.repeat(100_000)}`)).status);
    });

    it.each<[string, readonly string[], string]>([
      ['two different lengths', ['content-length: 5', 'content-length: 6'], 'hello'],
      [
        'a length together with chunks',
        ['content-length: 3', 'transfer-encoding: chunked'],
        '0\r\n\r\nGET /smuggled HTTP/1.1\r\n',
      ],
      ['an unknown transfer coding', ['transfer-encoding: xchunked'], '0\r\n\r\n'],
      ['an invalid length', ['content-length: -1'], ''],
    ])('request smuggling by %s: 400, and the connection is closed', async (_what, headers, body) => {
      const head = ['POST /v1/customers HTTP/1.1', 'host: localhost', 'content-type: application/json', ...headers];
      const response = await rawRequest(scene().product.url, `${head.join('\r\n')}\r\n\r\n${body}`);
      expect(response.status).toBe(400);
      expect(response.ended).toBe(true);
      expect(response.text.match(/^HTTP\/1\.1 /gm)).toHaveLength(1);
    });
  });
}
