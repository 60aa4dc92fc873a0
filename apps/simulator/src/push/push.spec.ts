import webPush from 'web-push';

import { startSimulator, type SimulatorFixture } from '../testing/simulator-fixture.js';

interface SubscriptionReply {
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
   * Sends a push message that web-push encrypts and signs. Uses fetch, because web-push sends only over HTTPS.
   * @returns the HTTP status
   */
  async function send(
    subscription: Pick<SubscriptionReply, 'endpoint' | 'keys'>,
    payload: string,
    options: webPush.RequestOptions,
  ): Promise<number> {
    const { endpoint, method, headers, body } = webPush.generateRequestDetails(subscription, payload, options);
    const response = await fetch(endpoint, {
      method,
      headers: headers as Record<string, string>,
      body: new Uint8Array(body),
    });
    await response.arrayBuffer();
    return response.status;
  }

  const subscribe = async (applicationServerKey?: string): Promise<SubscriptionReply> =>
    (await simulator.control('POST', '/push/subscriptions', { applicationServerKey })) as SubscriptionReply;

  it('decrypts messages that web-push encrypted', async () => {
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
    const otherVapid = webPush.generateVAPIDKeys();
    const otherDetails = {
      subject: 'mailto:x@example.org',
      publicKey: otherVapid.publicKey,
      privateKey: otherVapid.privateKey,
    };
    expect(await send(subscription, 'x', { vapidDetails: otherDetails, TTL: 60 })).toBe(403);
    expect(await send(subscription, 'x', { TTL: 60 })).toBe(401);
    const otherSubscription = await subscribe();
    const mixedSubscription = { endpoint: subscription.endpoint, keys: otherSubscription.keys };
    expect(await send(mixedSubscription, 'x', { vapidDetails, TTL: 60 })).toBe(400);
    expect(await simulator.control('GET', `/push/${subscription.id}/messages`)).toMatchObject({ messages: [] });
  });
});
