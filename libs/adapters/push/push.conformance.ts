import { createECDH, randomBytes } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { PushSender, PushSubscription } from '#libs/ports/push.js';

/** The keys of a device: those of its subscription, and its private key. */
export interface DeviceKeys {
  readonly subscriptionKeys: PushSubscription['keys'];
  readonly privateKey: Buffer;
}

/** A push sender and the push service to which it sends. */
export interface PushUnderTest {
  readonly sender: PushSender;
  /** Registers a device. */
  subscribe(keys: DeviceKeys): Promise<PushSubscription>;
  /** Returns the messages that the device could decrypt, oldest first. */
  listReceived(subscription: PushSubscription): Promise<readonly string[]>;
  /** Ends the device's subscription. */
  unsubscribe(subscription: PushSubscription): Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Generates the keys of a device, as a browser does when it subscribes. */
export function generateDeviceKeys(): DeviceKeys {
  const curve = createECDH('prime256v1');
  const publicKey = curve.generateKeys();
  return {
    subscriptionKeys: { p256dh: publicKey.toString('base64url'), auth: randomBytes(16).toString('base64url') },
    privateKey: curve.getPrivateKey(),
  };
}

/** Requirements for every push sender. */
export function pushConformance(name: string, start: () => Promise<PushUnderTest>): void {
  describe(`push: ${name}`, () => {
    let underTest: PushUnderTest;
    beforeAll(async () => {
      underTest = await start();
    });
    afterAll(() => underTest.stop());
    const options = { ttlSeconds: 60, urgency: 'high' } as const;

    it('delivers a message that only the device can decrypt', async () => {
      const subscription = await underTest.subscribe(generateDeviceKeys());
      const payload = JSON.stringify({ title: 'Neue Anweisung', body: 'Tür hinten · 4271' });
      await underTest.sender.send(subscription, payload, { ...options, topic: 'delivery-7' });
      expect(await underTest.listReceived(subscription)).toEqual([payload]);
    });

    it('reports an ended subscription', async () => {
      const subscription = await underTest.subscribe(generateDeviceKeys());
      await underTest.unsubscribe(subscription);
      await expect(underTest.sender.send(subscription, 'x', options)).rejects.toMatchObject({
        name: 'PushSubscriptionGoneError',
        code: 'subscription_gone',
        endpoint: subscription.endpoint,
      });
    });

    it('rejects a message that is too long for push, without effect', async () => {
      const subscription = await underTest.subscribe(generateDeviceKeys());
      await expect(underTest.sender.send(subscription, 'x'.repeat(8_000), options)).rejects.toMatchObject({
        code: 'invalid_input',
        effect: 'none',
      });
      expect(await underTest.listReceived(subscription)).toEqual([]);
    });

    it('rejects invalid keys', async () => {
      const subscription = await underTest.subscribe(generateDeviceKeys());
      const broken = { ...subscription, keys: { p256dh: 'AAAA', auth: 'AAAA' } };
      await expect(underTest.sender.send(broken, 'x', options)).rejects.toMatchObject({
        code: 'invalid_input',
        effect: 'none',
      });
    });
  });
}
