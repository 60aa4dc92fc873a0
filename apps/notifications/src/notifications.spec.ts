import { createECDH, randomBytes } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { INestApplication } from '@nestjs/common';
import { getConnectionToken } from '@nestjs/mongoose';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import ece from 'http_ece';
import type { Connection } from 'mongoose';
import { Webhook } from 'standardwebhooks';
import webPush from 'web-push';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import {
  AcknowledgeMessage,
  AgentCreated,
  contractRegistry,
  CreateWebhookEndpoint,
  DeliveryAcknowledged,
  DeliveryAssigned,
  DeliveryRefused,
  InboxMessageAcknowledged,
  InboxMessageAdded,
  InstructionsChanged,
  ListInbox,
  RegisterPushSubscription,
  SmsRequested,
  WebhookSettled,
  type DeliveryAssignedPayload,
  type InboxMessage,
} from '#libs/contracts/index.js';
import { connectMessaging, MessagingModule } from '#libs/messaging/index.js';
import { databaseOf, PersistenceModule } from '#libs/persistence/index.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { PlatformModule } from '#libs/platform/platform.module.js';
import { RestOfMesh } from '#libs/testing/mesh/rest-of-mesh.js';
import { startTestServers } from '#libs/testing/servers/index.js';
import { WorkQueueModule } from '#libs/work-queue/index.js';
import type { NotificationsConfig } from './notifications.config.js';
import { NotificationsFeatures } from './notifications.module.js';
import { RetryPolicy } from './webhooks/record-webhook-try.js';
import { NOTIFICATION_QUEUE } from './work-kinds.js';

class SettableClock extends Clock {
  private at = new Date();

  override now(): Date {
    return this.at;
  }

  advance(seconds: number): void {
    this.at = new Date(this.at.getTime() + seconds * 1000);
  }
}

/** What the outside world received, and how it answers: a partner's server and a push service in one. */
interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

type Answer = { readonly status: number; readonly headers?: Record<string, string> };

const clock = new SettableClock();
const received: Received[] = [];
/** Answers by path, used up one by one; then 200. */
const answers = new Map<string, Answer[]>();
const WAITS = [60, 60];

let world: Server;
let worldUrl: string;
let app: INestApplication;
let mesh: RestOfMesh;
let nextId = 0;

const unique = (prefix: string): string => `${prefix}_${(nextId += 1)}`;
const at = (path: string): Received[] => received.filter((one) => one.path === path);
const rows = <T extends object>(collection: string, filter: object) =>
  databaseOf(app.get<Connection>(getConnectionToken())).collection(collection).find<T>(filter).toArray();

async function eventually<T>(what: string, check: () => T | undefined | Promise<T | undefined>): Promise<T> {
  return (await waitUntil(check, { what, deadlineMs: 25_000, everyMs: 25 }));
}

beforeAll(async () => {
  world = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url ?? '';
      received.push({ path, headers: request.headers, body: Buffer.concat(chunks) });
      const answer = answers.get(path)?.shift() ?? { status: 200 };
      response.writeHead(answer.status, answer.headers).end();
    });
  });
  await new Promise<void>((resolve) => world.listen(0, '127.0.0.1', resolve));
  worldUrl = `http://127.0.0.1:${(world.address() as AddressInfo).port}`;
  const servers = await startTestServers({ mongo: true, nats: true, redis: true });
  const { publicKey, privateKey } = webPush.generateVAPIDKeys();
  const config: NotificationsConfig = {
    PORT: 0,
    MONGODB_URI: servers.mongo.uri,
    NATS_URL: servers.nats.url,
    REDIS_URL: servers.redis.url,
    PUSH: 'web-push',
    VAPID_PUBLIC_KEY: publicKey,
    VAPID_PRIVATE_KEY: privateKey,
    VAPID_SUBJECT: 'mailto:ops@delauto.example',
    WEBHOOK_ALLOW_PRIVATE_ADDRESSES: true,
  };
  const name = 'notifications';
  const module = await Test.createTestingModule({
    imports: [
      PlatformModule.forApp(name, 'error'),
      PersistenceModule.forApp({ app: name, uri: servers.mongo.uri }),
      MessagingModule.forApp({ app: name, natsUrl: servers.nats.url, registry: contractRegistry }),
      WorkQueueModule.forApp({
        app: name,
        redisUrl: servers.redis.url,
        queues: [{ name: NOTIFICATION_QUEUE, concurrency: 8 }],
        now: () => clock.now(),
        // Hints wait in real time; with a clock that is set, the sweeper runs what is due.
        options: { sweepMs: 50, hintAfterMs: 0, runAfterMs: 0, shutdownGraceMs: 1_000 },
      }),
      NotificationsFeatures.forConfig(config),
    ],
  })
    .overrideProvider(Clock)
    .useValue(clock)
    .overrideProvider(RetryPolicy)
    .useValue(new RetryPolicy(WAITS, () => 0.5))
    .compile();
  app = module.createNestApplication(new FastifyAdapter(), { logger: ['error', 'warn'] });
  await connectMessaging(app);
  mesh = await RestOfMesh.open(servers.nats.url, 'gateway');
});

afterAll(async () => {
  await mesh?.close();
  await app?.close();
  world.closeAllConnections();
  await new Promise((resolve) => world.close(resolve));
});

const window = { start: '2026-03-02T15:00:00.000Z', end: '2026-03-02T17:00:00.000Z' };
const found = <V>(value: V) => ({ value, confidence: 1, source: 'speech' as const });

function assignment(over: Partial<DeliveryAssignedPayload> = {}): DeliveryAssignedPayload {
  return {
    deliveryId: unique('dlv'),
    reference: 'REF-1',
    agentId: unique('agt'),
    agentName: 'Ana',
    customerName: 'Cara',
    position: [-87.6, 41.9],
    window,
    instructions: { safePlace: found('garage' as const), accessCode: found('4512#'), complexity: 2 },
    transcript: 'in the garage, the code is 4512 hash',
    reason: { explanation: 'near', cost: 1 },
    customerReached: true,
    ...over,
  };
}

const assign = (payload: DeliveryAssignedPayload, sequence = 1, organizationId = 'org_1', id?: string) =>
  mesh.tell(DeliveryAssigned, {
    payload,
    aggregateId: payload.deliveryId,
    sequence,
    organizationId,
    ...(id === undefined ? {} : { id }),
  });

const inboxOf = async (agentId: string): Promise<InboxMessage[]> =>
  (await mesh.ask(ListInbox, { agentId, afterSequence: 0, limit: 200 })).items;

async function messageOf(payload: DeliveryAssignedPayload): Promise<InboxMessage> {
  await assign(payload);
  return eventually('the message', async () => (await inboxOf(payload.agentId)).at(-1));
}

describe('partner webhooks', () => {
  /** Each test has an organisation and an endpoint of its own. */
  async function partner() {
    const organizationId = unique('org');
    const path = `/${unique('hook')}`;
    const endpoint = await mesh.ask(CreateWebhookEndpoint, { url: `${worldUrl}${path}` }, { organizationId });
    const settled = async () =>
      (await mesh.heard(WebhookSettled)).filter((one) => one.organizationId === organizationId);
    return { organizationId, path, endpoint, settled };
  }

  it('are signed, documented and told of', async () => {
    const { organizationId, path, endpoint, settled } = await partner();
    const payload = assignment();
    await assign(payload, 3, organizationId);
    const [webhook] = await eventually('the webhook', () => (at(path).length > 0 ? at(path) : undefined));
    expect(endpoint.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const headers = webhook?.headers as Record<string, string>;
    const told = new Webhook(endpoint.secret).verify(webhook?.body.toString() ?? '', headers);
    expect(told).toMatchObject({
      type: 'delivery.assigned',
      data: { sequence: 3, deliveryId: payload.deliveryId, agentName: 'Ana', customerReached: true },
    });
    expect(webhook?.body.toString()).not.toMatch(/4512/);
    const [event] = await eventually('the event', async () => ((await settled()).length > 0 ? settled() : undefined));
    expect(event?.payload).toMatchObject({ webhookId: headers['webhook-id'], result: 'delivered', tries: 1 });
  });

  it('are sent again with the same id and bytes after an error, and not before Retry-After', async () => {
    const { organizationId, path, settled } = await partner();
    answers.set(path, [{ status: 500 }, { status: 503, headers: { 'retry-after': '300' } }]);
    const { deliveryId, reference } = assignment();
    await mesh.tell(DeliveryRefused, { payload: { deliveryId, reference }, aggregateId: deliveryId, organizationId });
    const due = async () =>
      (await rows<{ nextTryAt?: Date; tries: number }>('webhookDeliveries', { organizationId }))[0];
    await eventually('the first retry', async () => (await due())?.nextTryAt);
    clock.advance(61);
    await eventually('the second retry', async () =>
      (await due())?.tries === 2 ? (await due())?.nextTryAt : undefined,
    );
    expect((await due())?.nextTryAt?.getTime()).toBeGreaterThanOrEqual(clock.now().getTime() + 299_000);
    clock.advance(301);
    const [event] = await eventually('the end', async () => ((await settled()).length > 0 ? settled() : undefined));
    expect(event?.payload).toMatchObject({ result: 'delivered', tries: 3 });
    expect(at(path)).toHaveLength(3);
    expect(new Set(at(path).map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(at(path).map(({ body }) => body.toString())).size).toBe(1);
  });

  it('keep the order per delivery while another delivery goes on', async () => {
    const { organizationId, path, settled } = await partner();
    answers.set(path, [{ status: 500 }]);
    const held = assignment();
    const fact = { deliveryId: held.deliveryId, reference: held.reference };
    const dead = (sequence: number) =>
      rows('webhookDeliveries', { organizationId, orderKey: held.deliveryId, sequence });
    await assign(held, 1, organizationId);
    await eventually('the failure', async () => (at(path).length === 1 ? dead(1) : undefined));
    const acknowledged = { ...fact, agentId: held.agentId };
    await mesh.tell(DeliveryRefused, { payload: fact, aggregateId: held.deliveryId, sequence: 3, organizationId });
    await eventually('the third to wait', async () => ((await dead(3)).length === 1 ? true : undefined));
    await mesh.tell(DeliveryAcknowledged, {
      payload: acknowledged,
      aggregateId: held.deliveryId,
      sequence: 2,
      organizationId,
    });
    await eventually('the second to wait', async () => ((await dead(2)).length === 1 ? true : undefined));
    await assign(assignment(), 1, organizationId);
    await eventually('the other delivery', () => (at(path).length === 2 ? true : undefined));
    clock.advance(61);
    await eventually('all', async () => ((await settled()).length === 4 ? true : undefined));
    const order = at(path)
      .map(({ body }) => JSON.parse(body.toString()) as { data: { deliveryId: string; sequence: number } })
      .filter(({ data }) => data.deliveryId === held.deliveryId)
      .map(({ data }) => data.sequence);
    expect(order).toEqual([1, 1, 2, 3]);
  });

  it('end with 410: the endpoint is disabled, what waited is settled, and nothing is sent any more', async () => {
    const { organizationId, path, settled } = await partner();
    answers.set(path, [{ status: 500 }, { status: 410 }]);
    const payload = assignment();
    const fact = { deliveryId: payload.deliveryId, reference: payload.reference };
    await assign(payload, 1, organizationId);
    await mesh.tell(DeliveryRefused, { payload: fact, aggregateId: payload.deliveryId, sequence: 2, organizationId });
    await eventually('both to be there', async () =>
      (await rows('webhookDeliveries', { organizationId })).length === 2 && at(path).length === 1 ? true : undefined,
    );
    clock.advance(61);
    await eventually('both ends', async () => ((await settled()).length === 2 ? true : undefined));
    const ends = (await settled()).map((one) => one.payload);
    expect(ends.map(({ result, tries }) => [result, tries])).toEqual([
      ['endpoint_gone', 2],
      ['endpoint_gone', 0],
    ]);
    const later = assignment();
    await assign(later, 1, organizationId);
    await eventually('the agent to be told', async () => {
      const page = await mesh.ask(
        ListInbox,
        { agentId: later.agentId, afterSequence: 0, limit: 1 },
        { organizationId },
      );
      return page.items[0];
    });
    expect(await rows('webhookDeliveries', { organizationId })).toHaveLength(2);
    expect(at(path)).toHaveLength(2);
  });

  it('are given up visibly when every try failed', async () => {
    const { organizationId, path, settled } = await partner();
    answers.set(path, [{ status: 500 }, { status: 302, headers: { location: '/elsewhere' } }, { status: 404 }]);
    await assign(assignment(), 1, organizationId);
    for (let tries = 1; tries <= WAITS.length; tries += 1) {
      await eventually('a failure', async () => {
        const [row] = await rows<{ nextTryAt?: Date; tries: number }>('webhookDeliveries', { organizationId });
        return row?.tries === tries ? row.nextTryAt : undefined;
      });
      clock.advance(61);
    }
    await eventually('the end', async () => ((await settled()).length === 1 ? true : undefined));
    expect((await settled())[0]?.payload).toMatchObject({ result: 'exhausted', tries: 3 });
    expect(at('/elsewhere')).toHaveLength(0);
  });

  it('refuse an endpoint with a user name', async () => {
    await expect(mesh.ask(CreateWebhookEndpoint, { url: 'https://user:pass@partner.example/' })).rejects.toMatchObject({
      code: 'address_not_allowed',
    });
  });
});

describe('the inbox', () => {
  it('gives each message of an agent its own, gapless sequence, however many arrive at once and again', async () => {
    const agentId = unique('agt');
    const told = Array.from({ length: 30 }, () => ({ payload: assignment({ agentId }), id: unique('evt') }));
    await Promise.all([...told, ...told.slice(0, 10)].map(({ payload, id }) => assign(payload, 1, 'org_1', id)));
    await eventually('thirty messages', async () => ((await inboxOf(agentId)).length >= 30 ? true : undefined));
    expect((await inboxOf(agentId)).map(({ sequence }) => sequence)).toEqual(told.map((_, index) => index + 1));
    const page = await mesh.ask(ListInbox, { agentId, afterSequence: 28, limit: 200 });
    expect(page.items.map(({ sequence }) => sequence)).toEqual([29, 30]);
    const events = await eventually('thirty events', async () => {
      const heard = (await mesh.heard(InboxMessageAdded)).filter(({ aggregateId }) => aggregateId === agentId);
      return heard.length === 30 ? heard : undefined;
    });
    expect(events.map(({ sequence }) => sequence).sort((a, b) => a - b)).toEqual(told.map((_, index) => index + 1));
  });

  it('tells a change with where to go, and ignores what is older', async () => {
    const payload = assignment();
    const { deliveryId, reference, agentId } = payload;
    await assign(payload, 2);
    const change = (sequence: number, place: 'porch' | 'shed') =>
      mesh.tell(InstructionsChanged, {
        payload: { deliveryId, reference, agentId, instructions: { safePlace: found(place), complexity: 1 } },
        aggregateId: deliveryId,
        sequence,
      });
    await eventually('the assignment', async () => (await inboxOf(agentId))[0]);
    await change(5, 'porch');
    await eventually('the change', async () => (await inboxOf(agentId))[1]);
    await change(4, 'shed');
    await assign(assignment({ ...payload, deliveryId: unique('dlv') }));
    const messages = await eventually('what follows', async () => {
      const all = await inboxOf(agentId);
      return all.length === 3 ? all : undefined;
    });
    expect(messages[1]).toMatchObject({ summary: 'Leave it on the porch.', customerName: 'Cara', window });
    expect(messages.map(({ summary }) => summary).join()).not.toContain('shed');
  });

  it('takes an acknowledgement once, from that agent only', async () => {
    const payload = assignment();
    const { agentId, deliveryId } = payload;
    const { messageId } = await messageOf(payload);
    await expect(mesh.ask(AcknowledgeMessage, { agentId: 'agt_other', messageId })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(
      mesh.ask(AcknowledgeMessage, { agentId, messageId }, { organizationId: 'org_2' }),
    ).rejects.toMatchObject({ code: 'not_found' });
    clock.advance(4);
    const first = await mesh.ask(AcknowledgeMessage, { agentId, messageId });
    clock.advance(4);
    expect(await mesh.ask(AcknowledgeMessage, { agentId, messageId })).toEqual(first);
    expect(first.acknowledgedAt).toBeDefined();
    const heard = await eventually('the event', async () => {
      const events = (await mesh.heard(InboxMessageAcknowledged)).filter((one) => one.payload.messageId === messageId);
      return events.length > 0 ? events : undefined;
    });
    expect(heard.map((one) => one.payload)).toEqual([
      { messageId, agentId, deliveryId, lastChannel: 'websocket', afterMs: 4000 },
    ]);
  });
});

describe('the ladder', () => {
  /** A device whose subscription only it can decrypt. */
  async function device(agentId: string) {
    const keys = createECDH('prime256v1');
    keys.generateKeys();
    const auth = randomBytes(16).toString('base64url');
    const path = `/${unique('push')}`;
    const endpoint = `${worldUrl}${path}`;
    const p256dh = keys.getPublicKey('base64url');
    await mesh.ask(RegisterPushSubscription, { agentId, endpoint, p256dh, auth });
    const read = ({ body }: Received) =>
      JSON.parse(ece.decrypt(body, { version: 'aes128gcm', privateKey: keys, authSecret: auth }).toString()) as object;
    return { path, read };
  }

  async function phone(agentId: string): Promise<void> {
    const capacity = { count: 5 };
    const profile = { agentId, name: 'Ana', phone: '+13125550123', position: [-87, 41] as [number, number] };
    const payload = { ...profile, skills: [], shift: window, capacity, experience: 0.5 };
    await mesh.tell(AgentCreated, { payload, aggregateId: agentId });
    await eventually('the phone', async () => (await rows('devices', { agentId, kind: 'phone' }))[0]);
  }

  const smsFor = async (messageId: string) =>
    (await mesh.heard(SmsRequested)).filter(({ payload }) => payload.notificationId.startsWith(messageId));
  const steps = async (messageId: string) =>
    (await rows<{ kind: string; state: string; dueAt: Date }>('work', { 'payload.messageId': messageId })).sort(
      (a, b) => a.dueAt.getTime() - b.dueAt.getTime(),
    );

  it('pushes after 15 s and asks for an SMS after 120 s, never with the access code', async () => {
    const payload = assignment();
    const { agentId, deliveryId } = payload;
    const { path, read } = await device(agentId);
    await phone(agentId);
    const created = clock.now().getTime();
    const { messageId } = await messageOf(payload);
    const seconds = (await steps(messageId)).map(({ kind, dueAt }) => [kind, (dueAt.getTime() - created) / 1000]);
    expect(seconds).toEqual([
      ['push', 15],
      ['sms', 120],
    ]);
    expect(at(path)).toEqual([]);
    clock.advance(16);
    const [push] = await eventually('the push', () => (at(path).length > 0 ? at(path) : undefined));
    const body = 'Leave it in the garage. Access code in the app.';
    expect(push && read(push)).toEqual({ messageId, deliveryId, sequence: 1, title: 'Delivery REF-1', body });
    expect(push?.headers['topic']).toMatch(/^[A-Za-z0-9_-]{32}$/);
    clock.advance(105);
    const [sms] = await eventually('the SMS', async () =>
      (await smsFor(messageId)).length > 0 ? smsFor(messageId) : undefined,
    );
    expect(sms?.payload).toMatchObject({ to: '+13125550123', audience: 'agent', deliveryId });
    expect(sms?.payload.body).toBe(`Delivery REF-1: ${body} Open the app to confirm.`);
    await mesh.ask(AcknowledgeMessage, { agentId, messageId });
    const last = await eventually('the acknowledgement', async () =>
      (await mesh.heard(InboxMessageAcknowledged)).find((one) => one.payload.messageId === messageId),
    );
    expect(last.payload.lastChannel).toBe('sms');
  });

  it('stops at the acknowledgement', async () => {
    const payload = assignment();
    const { messageId } = await messageOf(payload);
    await mesh.ask(AcknowledgeMessage, { agentId: payload.agentId, messageId });
    expect(await steps(messageId)).toEqual([]);
  });

  it('goes on for the newest message of a delivery only', async () => {
    const payload = assignment();
    const older = await messageOf(payload);
    await assign({ ...payload, agentId: unique('agt') }, 2);
    await eventually('the older to stop', async () => ((await steps(older.messageId)).length === 0 ? true : undefined));
    const [newer] = await rows<{ _id: string }>('inboxMessages', {
      deliveryId: payload.deliveryId,
      sequence: 1,
      supersededAt: null,
    });
    expect(await steps(newer?._id ?? '')).toHaveLength(2);
  });

  it('forgets a device that is gone and tries a failing one again under the same topic', async () => {
    const payload = assignment();
    const gone = await device(payload.agentId);
    const failing = await device(payload.agentId);
    answers.set(gone.path, [{ status: 410 }]);
    answers.set(failing.path, [{ status: 503 }]);
    const { messageId } = await messageOf(payload);
    clock.advance(16);
    await eventually('the push to wait', async () => {
      const [push] = await steps(messageId);
      return push?.kind === 'push' && push.dueAt > clock.now() ? push : undefined;
    });
    clock.advance(6);
    await eventually('the second try', () => (at(failing.path).length === 2 ? true : undefined));
    expect(at(gone.path)).toHaveLength(1);
    expect(new Set(at(failing.path).map(({ headers }) => headers['topic'])).size).toBe(1);
    const left = await rows<{ address: string }>('devices', { agentId: payload.agentId });
    expect(left.map(({ address }) => address)).toEqual([`${worldUrl}${failing.path}`]);
    const states = await eventually('the record', async () => {
      const all = await rows<{ state: string }>('notifications', { messageId });
      return all.some(({ state }) => state === 'sent') ? all.map(({ state }) => state).sort() : undefined;
    });
    expect(states).toEqual(['gone', 'sent']);
  });

  it('says so when there is no phone to send an SMS to', async () => {
    const { messageId } = await messageOf(assignment());
    clock.advance(121);
    const [sms] = await eventually('the skipped SMS', async () => {
      const all = await rows<{ state: string; detail?: string }>('notifications', { messageId, channel: 'sms' });
      return all.length > 0 ? all : undefined;
    });
    expect(sms).toMatchObject({ state: 'skipped', detail: 'no phone number is known' });
    expect(await smsFor(messageId)).toEqual([]);
  });
});
