import { createECDH, randomBytes } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { PushSender, PushSubscription } from '#libs/ports/push.js';

/** A device's keys: what it tells us, and what it keeps. */
export interface DeviceKeys {
  readonly subscriptionKeys: PushSubscription['keys'];
  readonly privateKey: Buffer;
}

export interface PushUnderTest {
  readonly sender: PushSender;
  /** Registers a device. */
  subscribe(keys: DeviceKeys): Promise<PushSubscription>;
  /** What the device could decrypt, oldest first. */
  received(subscription: PushSubscription): Promise<readonly string[]>;
  /** The device withdraws its subscription. */
  unsubscribe(subscription: PushSubscription): Promise<void>;
  readonly stop: () => Promise<void>;
}

export function newDeviceKeys(): DeviceKeys {
  const curve = createECDH('prime256v1');
  const publicKey = curve.generateKeys();
  return {
    subscriptionKeys: { p256dh: publicKey.toString('base64url'), auth: randomBytes(16).toString('base64url') },
    privateKey: curve.getPrivateKey(),
  };
}

/** What every push sender must do. */
export function pushConformance(name: string, start: () => Promise<PushUnderTest>): void {
  describe(`push: ${name}`, () => {
    let under: PushUnderTest;
    beforeAll(async () => {
      under = await start();
    });
    afterAll(() => under.stop());
    const options = { ttlSeconds: 60, urgency: 'high' } as const;

    it('brings a message that only the device can read', async () => {
      const subscription = await under.subscribe(newDeviceKeys());
      const payload = JSON.stringify({ title: 'Neue Anweisung', body: 'Tür hinten · 4271' });
      await under.sender.send(subscription, payload, { ...options, topic: 'delivery-7' });
      expect(await under.received(subscription)).toEqual([payload]);
    });

    it('tells that a subscription is gone', async () => {
      const subscription = await under.subscribe(newDeviceKeys());
      await under.unsubscribe(subscription);
      await expect(under.sender.send(subscription, 'x', options)).rejects.toMatchObject({
        name: 'PushSubscriptionGoneError',
        code: 'subscription_gone',
        endpoint: subscription.endpoint,
      });
    });

    it('refuses a message that is too long for push, without effect', async () => {
      const subscription = await under.subscribe(newDeviceKeys());
      await expect(under.sender.send(subscription, 'x'.repeat(8_000), options)).rejects.toMatchObject({
        code: 'invalid_input',
        effect: 'none',
      });
      expect(await under.received(subscription)).toEqual([]);
    });

    it('refuses keys that are none', async () => {
      const subscription = await under.subscribe(newDeviceKeys());
      const broken = { ...subscription, keys: { p256dh: 'AAAA', auth: 'AAAA' } };
      await expect(under.sender.send(broken, 'x', options)).rejects.toMatchObject({
        code: 'invalid_input',
        effect: 'none',
      });
    });
  });
}
