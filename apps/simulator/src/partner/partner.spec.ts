import { Webhook } from 'standardwebhooks';

import { startSimulator, type SimulatorFixture } from '../testing/simulator-fixture.js';

const secret = `whsec_${Buffer.from('a secret of the specs, long enough').toString('base64')}`;

describe("the partner's webhook sink", () => {
  let simulator: SimulatorFixture;
  beforeEach(async () => {
    simulator = await startSimulator();
  });
  afterEach(() => simulator.close());

  const register = (more: object = {}): Promise<unknown> =>
    simulator.control('POST', '/partner/acme', { secret, ...more });
  const events = (): Promise<unknown> => simulator.control('GET', '/partner/acme/events');

  async function deliver(
    id: string,
    payload = '{"type":"delivery.assigned"}',
    tamperedWith = payload,
  ): Promise<number> {
    const at = new Date();
    const answer = await fetch(`${simulator.url}/partner/acme/hook`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': new Webhook(secret).sign(id, at, payload),
      },
      body: tamperedWith,
    });
    await answer.arrayBuffer();
    return answer.status;
  }

  it('verifies, keeps and counts by webhook-id', async () => {
    await register();
    expect([await deliver('m1'), await deliver('m2'), await deliver('m1')]).toEqual([204, 204, 204]);
    expect(await events()).toMatchObject({
      events: [
        { webhookId: 'm1', payload: { type: 'delivery.assigned' }, received: 2, accepted: 2 },
        { webhookId: 'm2', accepted: 1 },
      ],
      duplicates: ['m1'],
      unverified: 0,
    });
  });

  it('refuses a body that was changed on the way', async () => {
    await register();
    expect(await deliver('m1', '{"a":1}', '{"a":2}')).toBe(401);
    expect(await events()).toMatchObject({ events: [], unverified: 1 });
  });

  it('fails the first requests, then accepts; a retry is no duplicate', async () => {
    await register({ failFirst: 2, failStatus: 503 });
    expect([await deliver('m1'), await deliver('m1'), await deliver('m1')]).toEqual([503, 503, 204]);
    expect(await events()).toMatchObject({ events: [{ webhookId: 'm1', received: 3, accepted: 1 }], duplicates: [] });
  });

  it('is gone for good when told so', async () => {
    await register({ gone: true });
    expect(await deliver('m1')).toBe(410);
  });
});
