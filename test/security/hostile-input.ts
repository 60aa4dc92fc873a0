import { rawRequest } from '../front-door/raw-request.js';
import { readState } from '../front-door/read-state.js';
import type { Scene } from './scene.js';

/** Fields that no caller may set. */
const FORBIDDEN_FIELDS: Readonly<Record<string, unknown>> = {
  role: 'admin',
  organizationId: 'org_other',
  revision: 99,
  sequence: 99,
  doNotCall: false,
  createdAt: '2020-01-01T00:00:00Z',
  _id: 'chosen',
  passwordHash: 'x',
  scopes: ['users:write'],
  $set: { role: 'admin' },
};

/** A nesting depth that would overflow the stack of a recursive parser. */
const DEPTH = 200_000;
const MEGABYTE = 1024 * 1024;

export function hostileInput(scene: () => Scene): void {
  const expectUnchanged = async (work: () => Promise<void>): Promise<void> => {
    const { product } = scene();
    const before = await readState(product);
    await work();
    expect(await readState(product)).toEqual(before);
  };

  describe('mass assignment', () => {
    const bodies: Readonly<Record<string, (s: Scene) => object>> = {
      '/v1/customers': (s) => s.own.customerInput(),
      '/v1/agents': (s) => s.own.agentInput(),
      '/v1/deliveries': (s) => s.own.deliveryInput(String(s.completedDelivery['customerId'])),
      '/v1/webhook-endpoints': () => ({ url: 'https://partner.example.com/hook' }),
    };

    it.each(Object.keys(bodies))('POST %s rejects every field that callers may not set, by name', async (path) => {
      const { product, own } = scene();
      await expectUnchanged(async () => {
        const body = { ...bodies[path]?.(scene()), ...FORBIDDEN_FIELDS };
        const response = await product.call('POST', path, { as: own.adminKey, body });
        expect(response.status).toBe(400);
        const rejectedFields = (response.body['errors'] as { path: string }[]).map((issue) => issue.path);
        expect(rejectedFields).toEqual(expect.arrayContaining(Object.keys(FORBIDDEN_FIELDS)));
      });
    });

    it('keys that would change prototypes are rejected', async () => {
      const { product, own } = scene();
      const customer = JSON.stringify(own.customerInput());
      for (const poison of [
        '"__proto__":{"admin":true}',
        '"constructor":{"prototype":{"admin":true}}',
        '"prototype":{"admin":true}',
      ]) {
        const body = `{${poison},${customer.slice(1)}`;
        expect((await product.call('POST', '/v1/customers', { as: own.adminKey, body })).status).toBe(400);
        const query = await product.call('GET', '/v1/deliveries?__proto__[limit]=1&constructor[prototype][limit]=1', {
          as: own.adminKey,
        });
        expect(query.status).toBe(400);
      }
    });
  });

  describe('operator injection', () => {
    const OPERATORS = [
      { $ne: null },
      { $gt: '' },
      { $regex: '.*' },
      { $where: 'sleep(5000)' },
      [{ $ne: null }],
    ] as const;

    it('in a text field of a body: 400 that names the field, and no effect', async () => {
      const { product, own } = scene();
      await expectUnchanged(async () => {
        for (const operator of OPERATORS) {
          const body = { ...own.deliveryInput('x'), customerId: operator, reference: operator };
          const response = await product.call('POST', '/v1/deliveries', { as: own.adminKey, body });
          expect(response.status).toBe(400);
          const rejectedFields = (response.body['errors'] as { path: string }[]).map(
            ({ path }) => path.split(/[.[]/)[0],
          );
          expect(new Set(rejectedFields)).toEqual(new Set(['customerId', 'reference']));
        }
      });
    });

    it.each(['state[$ne]=created', 'state[]=created&state[]=assigned', 'limit[$gt]=0', 'cursor[$ne]=', 'limit=1;drop'])(
      'in a query (%s): 400',
      async (query) => {
        const { product, own } = scene();
        expect((await product.call('GET', `/v1/deliveries?${query}`, { as: own.adminKey })).status).toBe(400);
      },
    );

    it('in a cursor: 400, whatever it encodes', async () => {
      const { product, own } = scene();
      const cursors = [{ $ne: null }, { _id: { $gt: '' } }, [null, { $ne: 1 }], ['2020', 'a', 'b'], 'text', null].map(
        (value) => Buffer.from(JSON.stringify(value)).toString('base64url'),
      );
      for (const cursor of [...cursors, 'nonsense', '%00', '../../etc/passwd']) {
        const path = `/v1/deliveries?cursor=${encodeURIComponent(cursor)}`;
        expect((await product.call('GET', path, { as: own.adminKey })).status).toBe(400);
      }
    });

    it.each([
      '%7B%22%24ne%22%3Anull%7D',
      '%5Bobject%20Object%5D',
      '..%2F..%2Forganizations',
      '%2e%2e%2fagents',
      'dlv_1%00',
      'dlv_1%0d%0a',
      "1'%20OR%20'1'='1",
      '%24where',
      'x'.repeat(5_000),
    ])('in a path (%.40s): not found', async (id) => {
      const { product, own } = scene();
      const { status } = await product.call('GET', `/v1/deliveries/${id}`, { as: own.adminKey });
      expect([400, 404, 414]).toContain(status);
    });
  });

  describe('bodies', () => {
    const post = (body: string, headers: Record<string, string> = {}): Promise<{ status: number }> =>
      scene().product.call('POST', '/v1/customers', { as: scene().own.adminKey, body, headers });

    it('too large: 413, and the next request is served', async () => {
      const requestHead = [
        'POST /v1/customers HTTP/1.1',
        'host: localhost',
        `authorization: Bearer ${scene().own.adminKey}`,
        'content-type: application/json',
        `content-length: ${64 * MEGABYTE}`,
      ];
      // The request is rejected by its announced length, without waiting for the rest of the body.
      const response = await rawRequest(scene().product.url, `${requestHead.join('\r\n')}\r\n\r\n{"name":"`);
      expect(response.status).toBe(413);
      expect((await post(`{"name":"${'x'.repeat(1.5 * MEGABYTE)}"}`)).status).toBe(413);
      expect((await scene().product.call('GET', '/v1/deliveries', { as: scene().own.adminKey })).status).toBe(200);
    });

    it.each<[string, string]>([
      ['arrays', '['.repeat(DEPTH) + ']'.repeat(DEPTH)],
      ['objects', '{"a":'.repeat(DEPTH) + '1' + '}'.repeat(DEPTH)],
      ['unclosed arrays', '['.repeat(DEPTH)],
    ])('deeply nested, %s: 400 or 413, and the gateway stays alive', async (_what, nested) => {
      const { status } = await post(`{"name":${nested}}`);
      expect([400, 413]).toContain(status);
      expect((await fetch(`${scene().product.url}/health/live`)).status).toBe(200);
    });

    it('with thousands of unknown fields: 400, in a response of limited length', async () => {
      const fields = Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`field${index}`, index]));
      const response = await scene().product.call('POST', '/v1/customers', { as: scene().own.adminKey, body: fields });
      expect(response.status).toBe(400);
      expect(response.text.length).toBeLessThan(64 * 1024);
    });

    it('of another media type or encoding, or malformed: 400 or 415, never a server error', async () => {
      const json = JSON.stringify(scene().own.customerInput());
      await expectUnchanged(async () => {
        expect((await post(json, { 'content-type': 'application/xml' })).status).toBe(415);
        expect((await post(json, { 'content-type': 'text/plain' })).status).toBe(415);
        const form = new URLSearchParams({ name: 'A', phone: '+442079460199' }).toString();
        expect((await post(form, { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(415);
        expect((await post(json, { 'content-encoding': 'gzip' })).status).toBe(415);
        for (const broken of ['{"name":', 'null', '[]', '"text"', '1', '{"name":"\\ud800"}', '\u0000']) {
          expect((await post(broken)).status).toBe(400);
        }
      });
    });
  });
}
