import { Webhook } from 'standardwebhooks';

import { startSimulator, type SimulatorFixture } from '../testing/simulator-fixture.js';

const secret = `whsec_${Buffer.from('a secret of the specs, long enough').toString('base64')}`;

describe("the simulated partner's webhook endpoint", () => {
  let simulator: SimulatorFixture;
  beforeEach(async () => {
    simulator = await startSimulator();
  });
  afterEach(() => simulator.close());

  const register = (overrides: object = {}): Promise<unknown> =>
    simulator.control('POST', '/partner/acme', { secret, ...overrides });
  const getEvents = (): Promise<unknown> => simulator.control('GET', '/partner/acme/events');

  async function deliver(id: string, payload = '{"type":"delivery.assigned"}', sentBody = payload): Promise<number> {
    const sentAt = new Date();
    const response = await fetch(`${simulator.url}/partner/acme/hook`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
        'webhook-signature': new Webhook(secret).sign(id, sentAt, payload),
      },
      body: sentBody,
    });
    await response.arrayBuffer();
    return response.status;
  }

  it('verifies, stores and counts webhooks by webhook-id', async () => {
    await register();
    expect([await deliver('m1'), await deliver('m2'), await deliver('m1')]).toEqual([204, 204, 204]);
    expect(await getEvents()).toMatchObject({
      events: [
        { webhookId: 'm1', payload: { type: 'delivery.assigned' }, received: 2, accepted: 2 },
        { webhookId: 'm2', accepted: 1 },
      ],
      duplicates: ['m1'],
      unverified: 0,
    });
  });

  it('rejects a body that does not match its signature', async () => {
    await register();
    expect(await deliver('m1', '{"a":1}', '{"a":2}')).toBe(401);
    expect(await getEvents()).toMatchObject({ events: [], unverified: 1 });
  });

  it('refuses the first requests and accepts a retry, which is not a duplicate', async () => {
    await register({ failFirst: 2, failStatus: 503 });
    expect([await deliver('m1'), await deliver('m1'), await deliver('m1')]).toEqual([503, 503, 204]);
    expect(await getEvents()).toMatchObject({
      events: [{ webhookId: 'm1', received: 3, accepted: 1 }],
      duplicates: [],
    });
  });

  it('replies 410 if it is registered as gone', async () => {
    await register({ gone: true });
    expect(await deliver('m1')).toBe(410);
  });
});
