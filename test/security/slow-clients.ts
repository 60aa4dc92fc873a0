import { rawRequest } from '../front-door/raw-request.js';
import type { Scene } from './scene.js';

const TRICKLE_MS = 1_000;
/** Longer than the gateway waits for headers or a body, with room for a busy machine. */
const PATIENCE_MS = 60_000;
const CLIENTS = 200;

export function slowClients(scene: () => Scene): void {
  describe('slow clients', () => {
    const slowly = (head: readonly string[], bytes: string): ReturnType<typeof rawRequest> =>
      rawRequest(scene().door.url, head.join('\r\n'), {
        patienceMs: PATIENCE_MS,
        trickle: { bytes, everyMs: TRICKLE_MS },
      });

    it(
      'that never end their headers, or their body, are cut off; hundreds of them keep nobody else waiting',
      async () => {
        const { door, own } = scene();
        const headers = Array.from({ length: CLIENTS }, () =>
          slowly(['GET /v1/deliveries HTTP/1.1', 'host: localhost', ''], 'x-slow: 1\r\n'),
        );
        const bodies = Array.from({ length: CLIENTS }, () =>
          slowly(
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
        const served = await door.call('GET', '/v1/deliveries?limit=1', { as: own.adminKey });
        expect(served.status).toBe(200);
        const answers = await Promise.all([...headers, ...bodies]);
        expect(answers.filter(({ ended }) => !ended)).toEqual([]);
        expect([...new Set(answers.map(({ status }) => status))]).toEqual([408]);
        expect((await fetch(`${door.url}/health/ready`)).status).toBe(200);
      },
      PATIENCE_MS + 30_000,
    );

    it(
      'that say nothing at all are cut off',
      async () => {
        const answer = await rawRequest(scene().door.url, '', { patienceMs: PATIENCE_MS });
        expect(answer.ended).toBe(true);
      },
      PATIENCE_MS + 30_000,
    );
  });
}
