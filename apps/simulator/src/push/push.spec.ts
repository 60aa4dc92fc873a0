import webPush from 'web-push';

import { startSimulator, type SimulatorFixture } from '../testing/simulator-fixture.js';

interface Subscribed {
  readonly id: string;
  readonly endpoint: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
}

describe('the simulated push service', () => {
  const vapid = webPush.generateVAPIDKeys();
  const vapidDetails = { subject: 'mailto:push@example.org', publicKey: vapid.publicKey, privateKey: vapid.privateKey };
  let simulator: SimulatorFixture;
  beforeEach(async () => {
    simulator = await startSimulator();
  });
  afterEach(() => simulator.close());

  /**
   * Sends a push that web-push encrypts and signs. The library itself sends only over HTTPS.
   * @returns the HTTP status
   */
  async function send(
    subscription: Pick<Subscribed, 'endpoint' | 'keys'>,
    payload: string,
    options: webPush.RequestOptions,
  ): Promise<number> {
    const { endpoint, method, headers, body } = webPush.generateRequestDetails(subscription, payload, options);
    const reply = await fetch(endpoint, {
      method,
      headers: headers as Record<string, string>,
      body: new Uint8Array(body),
    });
    await reply.arrayBuffer();
    return reply.status;
  }

  const subscribe = async (applicationServerKey?: string): Promise<Subscribed> =>
    (await simulator.control('POST', '/push/subscriptions', { applicationServerKey })) as Subscribed;

  it('decrypts messages of the web-push library', async () => {
    const subscription = await subscribe(vapid.publicKey);
    const status = await send(subscription, '{"text":"Entrega más tarde"}', {
      vapidDetails,
      TTL: 60,
      urgency: 'high',
      topic: 'delivery-1',
    });
    expect(status).toBe(201);
    expect(await simulator.control('GET', `/push/${subscription.id}/messages`)).toMatchObject({
      active: true,
      messages: [
        {
          payload: '{"text":"Entrega más tarde"}',
          ttlSeconds: 60,
          urgency: 'high',
          topic: 'delivery-1',
          vapidSubject: 'mailto:push@example.org',
        },
      ],
    });
  });

  it('replies 410 after the browser has unsubscribed', async () => {
    const subscription = await subscribe();
    await simulator.control('DELETE', `/push/subscriptions/${subscription.id}`);
    expect(await send(subscription, 'x', { vapidDetails, TTL: 60 })).toBe(410);
  });

  it('refuses other senders, missing tokens and keys of another subscription', async () => {
    const subscription = await subscribe(vapid.publicKey);
    const other = webPush.generateVAPIDKeys();
    const otherDetails = { subject: 'mailto:x@example.org', publicKey: other.publicKey, privateKey: other.privateKey };
    expect(await send(subscription, 'x', { vapidDetails: otherDetails, TTL: 60 })).toBe(403);
    expect(await send(subscription, 'x', { TTL: 60 })).toBe(401);
    const stranger = await subscribe();
    const mixed = { endpoint: subscription.endpoint, keys: stranger.keys };
    expect(await send(mixed, 'x', { vapidDetails, TTL: 60 })).toBe(400);
    expect(await simulator.control('GET', `/push/${subscription.id}/messages`)).toMatchObject({ messages: [] });
  });
});
