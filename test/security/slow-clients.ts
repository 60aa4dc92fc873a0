import { rawRequest } from '../front-door/raw-request.js';
import type { Scene } from './scene.js';

const TRICKLE_MS = 1_000;
/** Longer than the gateway waits for headers or a body, with a margin for a busy machine. */
const RESPONSE_TIMEOUT_MS = 60_000;
const CLIENTS = 200;

export function slowClients(scene: () => Scene): void {
  describe('slow clients', () => {
    const sendSlowly = (head: readonly string[], bytes: string): ReturnType<typeof rawRequest> =>
      rawRequest(scene().product.url, head.join('\r\n'), {
        timeoutMs: RESPONSE_TIMEOUT_MS,
        trickle: { bytes, everyMs: TRICKLE_MS },
      });

    it(
      'that never finish their headers or body are disconnected, and hundreds of them do not delay others',
      async () => {
        const { product, own } = scene();
        const headers = Array.from({ length: CLIENTS }, () =>
          sendSlowly(['GET /v1/deliveries HTTP/1.1', 'host: localhost', ''], 'x-slow: 1\r\n'),
        );
        const bodies = Array.from({ length: CLIENTS }, () =>
          sendSlowly(
            [
              'POST /v1/customers HTTP/1.1',
              'host: localhost',
              `authorization: Bearer ${own.adminKey}`,
              'content-type: application/json',
              'content-length: 10000',
              '',
              '{"name":"',
            ],
            'x',
          ),
        );
        const otherRequest = await product.call('GET', '/v1/deliveries?limit=1', { as: own.adminKey });
        expect(otherRequest.status).toBe(200);
        const responses = await Promise.all([...headers, ...bodies]);
        expect(responses.filter(({ ended }) => !ended)).toEqual([]);
        expect([...new Set(responses.map(({ status }) => status))]).toEqual([408]);
        expect((await fetch(`${product.url}/health/ready`)).status).toBe(200);
      },
      RESPONSE_TIMEOUT_MS + 30_000,
    );

    it(
      'that send no bytes are disconnected',
      async () => {
        const response = await rawRequest(scene().product.url, '', { timeoutMs: RESPONSE_TIMEOUT_MS });
        expect(response.ended).toBe(true);
      },
      RESPONSE_TIMEOUT_MS + 30_000,
    );
  });
}
