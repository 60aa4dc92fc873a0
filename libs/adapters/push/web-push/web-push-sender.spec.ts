import { createECDH, createPublicKey, verify } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import ece from 'http_ece';
import webPush from 'web-push';

import type { PushSubscription } from '#libs/ports/push.js';

import { connectionLossConformance } from '../../connection-loss.conformance.js';
import type { DeviceKeys, PushUnderTest } from '../push.conformance.js';
import { generateDeviceKeys, pushConformance } from '../push.conformance.js';
import { WebPushSender } from './web-push-sender.js';

const vapid = webPush.generateVAPIDKeys();
const options = { ttlSeconds: 60, urgency: 'high', topic: 'delivery-7' } as const;

interface Reply {
  readonly status: number;
  readonly headers?: Record<string, string>;
}

/** A minimal push service: records messages and responds as scripted. Rejects payloads over 4,096 bytes (RFC 8030). */
async function startPushService() {
  const devices = new Map<string, DeviceKeys>();
  const messages: { path: string; headers: IncomingHttpHeaders; body: Buffer }[] = [];
  let reply: Reply | undefined;
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      const path = request.url ?? '';
      const status = !devices.has(path) ? 410 : body.length > 4_096 ? 413 : 201;
      if (status === 201) messages.push({ path, headers: request.headers, body });
      response.writeHead(reply?.status ?? status, reply?.headers).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    messages,
    setReply: (newReply: Reply) => {
      reply = newReply;
    },
    subscribe: (keys: DeviceKeys): PushSubscription => {
      const path = `/device/${devices.size}`;
      devices.set(path, keys);
      return { endpoint: origin + path, keys: keys.subscriptionKeys };
    },
    unsubscribe: ({ endpoint }: PushSubscription) => devices.delete(new URL(endpoint).pathname),
    listReceived: ({ endpoint }: PushSubscription) => {
      const path = new URL(endpoint).pathname;
      return messages.filter((message) => message.path === path).map(({ body }) => decrypt(body, devices.get(path)));
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function decrypt(body: Buffer, keys: DeviceKeys | undefined): string {
  if (keys === undefined) throw new Error('no such device');
  const privateKey = createECDH('prime256v1');
  privateKey.setPrivateKey(keys.privateKey);
  return ece.decrypt(body, { version: 'aes128gcm', privateKey, authSecret: keys.subscriptionKeys.auth }).toString();
}

const createSender = (allowInsecureEndpoints = true, timeoutMs = 500) =>
  new WebPushSender({ subject: 'mailto:ops@delauto.example', ...vapid, allowInsecureEndpoints, timeoutMs });

pushConformance('web push', async (): Promise<PushUnderTest> => {
  const service = await startPushService();
  return {
    sender: createSender(),
    subscribe: (keys) => Promise.resolve(service.subscribe(keys)),
    listReceived: (subscription) => Promise.resolve(service.listReceived(subscription)),
    unsubscribe: (subscription) => Promise.resolve(void service.unsubscribe(subscription)),
    stop: service.stop,
  };
});

describe('WebPushSender', () => {
  let service: Awaited<ReturnType<typeof startPushService>>;
  let subscription: PushSubscription;
  beforeEach(async () => {
    service = await startPushService();
    subscription = service.subscribe(generateDeviceKeys());
  });
  afterEach(() => service.stop());

  it('sends urgency, TTL and topic, and signs for the push service', async () => {
    await createSender().send(subscription, 'x', options);
    const headers = service.messages[0]?.headers;
    expect(headers).toMatchObject({ ttl: '60', urgency: 'high', topic: 'delivery-7', 'content-encoding': 'aes128gcm' });
    const [, token = '', key] = /^vapid t=([^,]+), k=(.+)$/.exec(headers?.authorization ?? '') ?? [];
    expect(key).toBe(vapid.publicKey);
    const [head = '', claims = '', signature = ''] = token.split('.');
    const point = Buffer.from(vapid.publicKey, 'base64url');
    const publicKey = createPublicKey({
      format: 'jwk',
      key: {
        kty: 'EC',
        crv: 'P-256',
        x: point.subarray(1, 33).toString('base64url'),
        y: point.subarray(33).toString('base64url'),
      },
    });
    const verificationKey = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const;
    expect(
      verify('sha256', Buffer.from(`${head}.${claims}`), verificationKey, Buffer.from(signature, 'base64url')),
    ).toBe(true);
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({ aud: service.origin });
  });

  it.each([
    [
      { status: 429, headers: { 'retry-after': '12' } },
      { code: 'rate_limited', effect: 'none', retryAfterMs: 12_000 },
    ],
    [{ status: 403 }, { code: 'unauthorized', effect: 'none' }],
    [{ status: 503 }, { code: 'unavailable', effect: 'unknown' }],
    [
      { status: 302, headers: { location: 'http://127.0.0.1:1/' } },
      { code: 'rejected', effect: 'none' },
    ],
    [{ status: 404 }, { code: 'subscription_gone' }],
  ])('maps the response %j', async (reply: Reply, expected) => {
    service.setReply(reply);
    await expect(createSender().send(subscription, 'x', options)).rejects.toMatchObject(expected);
  });

  it('reports an unreachable push service as unavailable', async () => {
    const endpoint = 'http://127.0.0.1:1/device';
    const send = createSender().send({ ...subscription, endpoint }, 'x', options);
    await expect(send).rejects.toMatchObject({ name: 'ProviderError', code: 'unavailable' });
  });

  it.each(['http://127.0.0.1/device', 'ftp://push.example/x', 'no address', ''])(
    'rejects the endpoint %j in production',
    async (endpoint) => {
      const send = createSender(false).send({ ...subscription, endpoint }, 'x', options);
      await expect(send).rejects.toMatchObject({ code: 'invalid_input', effect: 'none' });
    },
  );
});

describe('connections of WebPushSender', () => {
  const { subscriptionKeys: keys } = generateDeviceKeys();
  const answer = () => ({ status: 201, body: '' });

  connectionLossConformance('a message with a topic', (serverUrl) => {
    const sender = createSender(true, 10_000);
    const subscription = { endpoint: `${serverUrl}/device`, keys };
    return { ask: () => sender.send(subscription, 'x', options), answer, isRepeatable: true };
  });

  connectionLossConformance('a message without a topic', (serverUrl) => {
    const sender = createSender(true, 10_000);
    const subscription = { endpoint: `${serverUrl}/device`, keys };
    const optionsWithoutTopic = { ttlSeconds: 60, urgency: 'high' } as const;
    return { ask: () => sender.send(subscription, 'x', optionsWithoutTopic), answer, isRepeatable: false };
  });
});
