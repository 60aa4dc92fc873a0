import { Controller, type INestApplication } from '@nestjs/common';
import { jetstreamManager } from '@nats-io/jetstream';
import { headers } from '@nats-io/nats-core';
import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { getConnectionToken } from '@nestjs/mongoose';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import type { EventEnvelope } from '#libs/contracts/kernel/index.js';
import { getDatabase, getOutboxCollection, PersistenceModule } from '#libs/persistence/index.js';
import { TEST_DATA_KEYS } from '#libs/testing/data-keys.js';
import {
  fixtureRegistry,
  GetOrder,
  PlaceOrder,
  PortionOrdered,
  type Behavior,
  type Placed,
} from '#libs/testing/mesh-fixture/contracts.js';
import { KitchenConsumer, KitchenModule, type Cooked } from '#libs/testing/mesh-fixture/kitchen.js';
import { ShopModule, type FixtureOptions } from '#libs/testing/mesh-fixture/shop.js';
import { startInMesh } from '#libs/testing/mesh-fixture/start.js';
import { startTestServers, type TestMongo, type TestServer } from '#libs/testing/servers/index.js';
import { DeadLetters, MessagingModule, OnRpc, OutboxRelay, RpcClient } from './index.js';

const organizationId = 'org-1';
const options = { retryDelaysMs: [10, 20], serverMaxDeliver: 12, relayPollMs: 200, rpcAttemptMs: 500 };

let servers: { mongo: TestMongo; nats: TestServer };
let fixtureOptions: FixtureOptions;
let shop: INestApplication;
let kitchen: INestApplication;
let nats: NatsConnection;
let rpc: RpcClient;
let letters: DeadLetters;
const getConnection = (app: INestApplication): Connection => app.get<Connection>(getConnectionToken());

beforeAll(async () => {
  servers = await startTestServers({ mongo: true, nats: true });
  fixtureOptions = { mongoUri: servers.mongo.uri, natsUrl: servers.nats.url, messaging: options };
  // The consumer starts first, because apps can start in any order.
  kitchen = await startInMesh(KitchenModule.create(fixtureOptions));
  shop = await startInMesh(ShopModule.create(fixtureOptions));
  nats = await connect({ servers: servers.nats.url });
  rpc = kitchen.get(RpcClient);
  letters = kitchen.get(DeadLetters);
});

afterAll(async () => {
  await nats?.close();
  await kitchen?.close();
  await shop?.close();
});

const findCooked = (orderId: string): Promise<Cooked[]> =>
  getDatabase(getConnection(kitchen)).collection<Cooked>('cooked').find({ orderId }).toArray();

const placeOrder = (
  orderId: string,
  portions: number,
  behavior: Behavior = 'works',
  commandId: string = randomUUID(),
) => rpc.call(PlaceOrder, { orderId, portions, behavior }, { organizationId, commandId });

const waitForDeadLetter = (test: (body: string) => boolean) =>
  waitUntil(async () => (await letters.list({ consumer: 'telephony', limit: 500 })).find(({ body }) => test(body)), {
    what: 'the dead letter',
  });

describe('events', () => {
  it('reach their consumer once, with a gapless sequence across transactions', async () => {
    await placeOrder('order-a', 3);
    await placeOrder('order-a', 2);
    await waitUntil(async () => (await findCooked('order-a')).length >= 5, {
      what: 'five portions',
    });
    const sequences = (await findCooked('order-a')).map(({ sequence }) => sequence);
    expect(sequences.sort()).toEqual([1, 2, 3, 4, 5]);
    await waitUntil(async () => (await shop.get(OutboxRelay).countPending()) === 0, {
      what: 'an empty outbox',
    });
  });

  it('have their effect once, also when they are published again', async () => {
    await placeOrder('order-b', 4);
    await waitUntil(async () => (await findCooked('order-b')).length === 4, {
      what: 'four portions',
    });
    await waitUntil(async () => (await shop.get(OutboxRelay).countPending()) === 0, {
      what: 'an empty outbox',
    });
    const rows = await getOutboxCollection(getConnection(shop)).find({ aggregateId: 'order-b' }).toArray();
    // Published without a message id, the stream cannot recognize them as duplicates; only the inbox can.
    for (const { subject, envelope } of rows) nats.publish(subject, envelope);
    const republished = await shop.get(OutboxRelay).republishSince(new Date(0));
    expect(republished).toBeGreaterThanOrEqual(4);
    await placeOrder('order-b2', 1);
    await waitUntil(async () => (await findCooked('order-b2')).length === 1, {
      what: 'the next portion',
    });
    expect(await findCooked('order-b')).toHaveLength(4);
  });

  it('are dead-lettered with all issues when they are malformed, and do not block others', async () => {
    nats.publish(PortionOrdered.subject, 'no json');
    const envelope = {
      id: 'bad-1',
      subject: PortionOrdered.subject,
      organizationId,
      aggregateId: 'x',
      sequence: 0,
      occurredAt: 'now',
      payload: {},
    };
    nats.publish(PortionOrdered.subject, JSON.stringify(envelope));
    const payload = { orderId: 'order-c', portion: 'one', behavior: 'works' };
    nats.publish(
      PortionOrdered.subject,
      JSON.stringify({ ...envelope, id: 'bad-2', sequence: 1, occurredAt: '2026-03-02T15:00:00Z', payload }),
    );
    await placeOrder('order-c', 1);
    await waitUntil(async () => (await findCooked('order-c')).length === 1, {
      what: 'the next portion',
    });
    expect(await waitForDeadLetter((body) => body === 'no json')).toMatchObject({
      reason: 'malformed',
      code: 'SyntaxError',
    });
    const bad1 = await waitForDeadLetter((body) => body.includes('bad-1'));
    expect(bad1.message).toMatch(/sequence.*occurredAt/s);
    const bad2 = await waitForDeadLetter((body) => body.includes('bad-2'));
    expect(bad2).toMatchObject({ reason: 'malformed', code: 'contract_violation', subject: PortionOrdered.subject });
    expect(bad2.message).toContain('portion');
  });

  it('are handled without an inbox row when the handler declares `hasNoStoredEffect`, and with one when that fails', async () => {
    const inbox = getDatabase(getConnection(kitchen)).collection('inbox');
    const rowsBefore = await inbox.countDocuments();
    await placeOrder('order-s', 3, 'smells');
    const { smelled } = kitchen.get(KitchenConsumer);
    await waitUntil(() => smelled.filter((order) => order === 'order-s').length === 3 || undefined, {
      what: 'three smelled portions',
    });
    expect(await inbox.countDocuments()).toBe(rowsBefore);
    await placeOrder('order-t', 2, 'burns');
    await waitUntil(async () => (await findCooked('order-t')).length === 2, {
      what: 'two burned portions',
    });
    expect(await inbox.countDocuments()).toBe(rowsBefore + 2);
  });

  it('are dead-lettered with the reason when their handler always fails, and handled when redriven after a fix', async () => {
    await placeOrder('order-d', 1, 'fails');
    await placeOrder('order-e', 1);
    const letter = await waitForDeadLetter((body) => body.includes('order-d'));
    expect(letter).toMatchObject({
      reason: 'handler_failed',
      code: 'stove_broken',
      consumer: 'telephony',
      deliveries: 3,
    });
    expect(letter.stackHead).toContain('cook');
    await waitUntil(async () => (await findCooked('order-e')).length === 1, {
      what: 'the other order',
    });

    await letters.redrive(letter.id);
    const secondLetter = await waitForDeadLetter((body) => body.includes('order-d'));
    expect(secondLetter).toMatchObject({ redriveOf: letter.id, reason: 'handler_failed', messageId: letter.messageId });
    expect(secondLetter.id).not.toBe(letter.id);

    await getDatabase(getConnection(kitchen)).collection('repairs').insertOne({});
    await letters.redrive(secondLetter.id);
    await waitUntil(async () => (await findCooked('order-d')).length === 1, {
      what: 'the repaired portion',
    });
    expect((await letters.list()).filter(({ body }) => body.includes('order-d'))).toEqual([]);
    await expect(letters.redrive(secondLetter.id)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('JetStreamStrategy', () => {
  it('does not start with wrong handlers, and lists all of them', async () => {
    @Controller()
    class ControllerOfOtherApp {
      @OnRpc(GetOrder)
      get(): Promise<Placed> {
        return Promise.reject(new Error('never called'));
      }
    }
    const imports = [
      PersistenceModule.forApp({ app: 'telephony', uri: servers.mongo.uri, dataKeys: TEST_DATA_KEYS }),
      MessagingModule.forApp({ app: 'telephony', natsUrl: servers.nats.url, registry: fixtureRegistry }),
    ];
    await expect(startInMesh({ module: class App {}, imports, controllers: [ControllerOfOtherApp] })).rejects.toThrow(
      /portion-ordered.*no @OnEvent[^]*rpc\.routing\.order\.get.*does not name telephony/,
    );
  });

  it('finishes the events in progress on close, and does not lose the other events', async () => {
    await Promise.all(Array.from({ length: 10 }, (_, index) => placeOrder(`order-k${index}`, 20)));
    const closeStartedAt = performance.now();
    await kitchen.close();
    expect(performance.now() - closeStartedAt).toBeLessThan(8_000);
    kitchen = await startInMesh(KitchenModule.create(fixtureOptions));
    rpc = kitchen.get(RpcClient);
    letters = kitchen.get(DeadLetters);
    const findAll = async (): Promise<Cooked[]> =>
      getDatabase(getConnection(kitchen))
        .collection<Cooked>('cooked')
        .find({ orderId: /^order-k/ })
        .toArray();
    await waitUntil(async () => (await findAll()).length >= 200, { what: 'all portions' });
    expect(new Set((await findAll()).map(({ messageId }) => messageId)).size).toBe(200);
    expect(await findAll()).toHaveLength(200);
  });

  it('recreates lost streams and fills them from the outbox', async () => {
    await placeOrder('order-l', 2);
    await waitUntil(async () => (await findCooked('order-l')).length === 2, {
      what: 'two portions',
    });
    const jsm = await jetstreamManager(nats);
    await jsm.streams.delete('EVENTS_ROUTING');
    await placeOrder('order-m', 2);
    await waitUntil(async () => (await findCooked('order-m')).length === 2, {
      what: 'the portions after it',
    });
    expect(await shop.get(OutboxRelay).republishSince(new Date(0))).toBeGreaterThan(4);
    await placeOrder('order-m', 1);
    await waitUntil(async () => (await findCooked('order-m')).length === 3, {
      what: 'the last portion',
    });
    expect(await findCooked('order-l')).toHaveLength(2);
    expect((await jsm.streams.info('EVENTS_ROUTING')).state.messages).toBeGreaterThan(4);
  });

  it('propagates one trace from the call through the outbox to the handler', async () => {
    const exporter = new InMemorySpanExporter();
    // An earlier spec of this process may have started tracing.
    trace.disable();
    propagation.disable();
    context.disable();
    const contexts = new AsyncLocalStorageContextManager().enable();
    context.setGlobalContextManager(contexts);
    propagation.setGlobalPropagator(new W3CTraceContextPropagator());
    trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
    try {
      await placeOrder('order-t', 1);
      const findSpan = (name: string) => exporter.getFinishedSpans().find((span) => span.name.startsWith(name));
      await waitUntil(() => findSpan('process'), { what: 'the handler’s span' });
      const [call, serve, process] = ['call', 'serve', 'process'].map((name) => findSpan(name)?.spanContext());
      expect(call?.traceId).toMatch(/^[0-9a-f]{32}$/);
      expect(serve?.traceId).toBe(call?.traceId);
      expect(process?.traceId).toBe(call?.traceId);
      expect(findSpan('serve')?.parentSpanContext?.spanId).toBe(call?.spanId);
    } finally {
      trace.disable();
      propagation.disable();
      context.disable();
    }
  });
});

describe('commands', () => {
  it('add the actor to their events, unless an app acts on its own behalf', async () => {
    const request = { orderId: 'order-n', portions: 1, behavior: 'works' } as const;
    const actor = { kind: 'user', id: 'usr_1' } as const;
    await rpc.call(PlaceOrder, request, { organizationId, commandId: randomUUID(), actor });
    await placeOrder('order-n', 1);
    const rows = await getOutboxCollection(getConnection(shop))
      .find({ aggregateId: 'order-n' })
      .sort({ sequence: 1 })
      .toArray();
    const actors = rows.map(({ envelope }) => (JSON.parse(envelope) as EventEnvelope).actor);
    expect(actors).toEqual([actor, undefined]);
  });

  it('with the same id have one effect and the same reply, sequentially and concurrently', async () => {
    const commandId = randomUUID();
    const replies = await Promise.all(Array.from({ length: 8 }, () => placeOrder('order-f', 1, 'works', commandId)));
    replies.push(await placeOrder('order-f', 1, 'works', commandId));
    expect(new Set(replies.map((reply) => JSON.stringify(reply))).size).toBe(1);
    expect(await rpc.call(GetOrder, { orderId: 'order-f' }, { organizationId })).toEqual({
      orderId: 'order-f',
      sequence: 1,
    });
  });

  it('reject an id that was used for another request', async () => {
    const commandId = randomUUID();
    await placeOrder('order-g', 1, 'works', commandId);
    await expect(placeOrder('order-g', 2, 'works', commandId)).rejects.toMatchObject({ code: 'command_reused' });
  });

  it('on the same aggregate succeed concurrently, with a gapless sequence', async () => {
    const replies = await Promise.all(Array.from({ length: 10 }, () => placeOrder('order-h', 1)));
    expect(replies.map(({ sequence }) => sequence).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('reply with the code of an expected failure, and are rolled back and not stored', async () => {
    const commandId = randomUUID();
    await expect(placeOrder('order-i', 100, 'works', commandId)).rejects.toMatchObject({ code: 'sold_out' });
    expect(await placeOrder('order-i', 1, 'works', commandId)).toEqual({ orderId: 'order-i', sequence: 1 });
  });
});

describe('requests', () => {
  it('are limited to their organization', async () => {
    await placeOrder('order-j', 1);
    const reply = rpc.call(GetOrder, { orderId: 'order-j' }, { organizationId: 'org-2' });
    await expect(reply).rejects.toMatchObject({ code: 'not_found' });
  });

  it('are rejected with every issue when they violate their contract', async () => {
    const reply = rpc.call(PlaceOrder, { orderId: '', portions: 0, behavior: 'works' }, { organizationId });
    await expect(reply).rejects.toMatchObject({
      code: 'invalid_request',
      details: { issues: [{ path: 'orderId' }, { path: 'portions' }] },
    });
  });

  it('are rejected after their deadline', async () => {
    const expiredHeaders = headers();
    expiredHeaders.set('DelAuto-Organization', organizationId);
    expiredHeaders.set('DelAuto-Deadline', '1000');
    const reply = await nats.request(GetOrder.subject, JSON.stringify({ orderId: 'order-j' }), {
      headers: expiredHeaders,
      timeout: 2_000,
    });
    expect(reply.json()).toMatchObject({ ok: false, error: { code: 'deadline_exceeded' } });
  });

  it('are rejected without a deadline, an organization or a command id', async () => {
    const reply = await nats.request(PlaceOrder.subject, '{}', { timeout: 60_000 });
    expect(reply.json()).toMatchObject({ ok: false, error: { code: 'invalid_request' } });
  });
});
