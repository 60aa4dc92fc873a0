import { Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { getConnectionToken } from '@nestjs/mongoose';
import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import { startServer, type RunningServer } from '#deploy/local/servers/index.js';
import { getDatabase, PersistenceModule } from '#libs/persistence/index.js';
import { TEST_DATA_KEYS } from '#libs/testing/data-keys.js';
import {
  fixtureRegistry,
  GetOrder,
  PlaceOrder,
  type Behavior,
  type PlaceOrderRequest,
} from '#libs/testing/mesh-fixture/contracts.js';
import type { Cooked } from '#libs/testing/mesh-fixture/kitchen.js';
import { SupervisedProcess } from '#libs/testing/processes/supervised.js';
import { testNats, type TestServer } from '#libs/testing/servers/index.js';
import { DeadLetters, MessagingModule, NatsLink, RpcClient } from './index.js';
import type { MessagingTuning } from './options/options.js';

// Each test kills processes or servers with `kill -9` while orders are in progress, and then counts the effects.
const organizationId = 'org-1';
const messaging = {
  ackWaitMs: 1_500,
  retryDelaysMs: [50, 100],
  maxHandlerCrashes: 2,
  serverMaxDeliver: 8,
  relayLeaseMs: 1_000,
  relayPollMs: 500,
  rpcAttemptMs: 500,
  rpcTimeoutMs: 60_000,
} satisfies Partial<MessagingTuning>;
const PROGRAM = new URL('../testing/mesh-fixture/main.ts', import.meta.url);

let mongo: RunningServer;
let nats: TestServer;
let client: INestApplicationContext;
let shop: SupervisedProcess;
let kitchen: SupervisedProcess;
let options: string;

@Module({})
class Client {}

beforeAll(async () => {
  // A dedicated database, because the shared one must not be killed.
  [mongo, nats] = await Promise.all([startServer('mongodb'), testNats()]);
  const mongoUri = mongo.environment['MONGODB_URI'] ?? mongo.url;
  options = JSON.stringify({ mongoUri, natsUrl: nats.url, messaging });
  // This client calls RPCs and reads, but never connects its messaging, so it consumes nothing.
  const imports = [
    PersistenceModule.forApp({ app: 'telephony', uri: mongoUri, dataKeys: TEST_DATA_KEYS }),
    MessagingModule.forApp({ app: 'telephony', natsUrl: nats.url, registry: fixtureRegistry, options: messaging }),
  ];
  client = await NestFactory.createApplicationContext({ module: Client, imports }, { logger: false });
  // The open transaction of a killed process keeps its locks for this time.
  const { db } = client.get<Connection>(getConnectionToken());
  await db?.admin().command({ setParameter: 1, transactionLifetimeLimitSeconds: 3 });
  [shop, kitchen] = await Promise.all([
    SupervisedProcess.start(PROGRAM, ['shop', options]),
    SupervisedProcess.start(PROGRAM, ['kitchen', options]),
  ]);
});

afterAll(async () => {
  await Promise.all([shop?.stop(), kitchen?.stop()]);
  await client?.close();
  await mongo?.stop();
});

const findCooked = (): Promise<Cooked[]> =>
  getDatabase(client.get<Connection>(getConnectionToken())).collection<Cooked>('cooked').find().toArray();

const placeOrder = (request: Omit<PlaceOrderRequest, 'behavior'> & { behavior?: Behavior }) =>
  client
    .get(RpcClient)
    .call(PlaceOrder, { behavior: 'works', ...request }, { organizationId, commandId: randomUUID() });

/** Describes the state of the broker and the processes. Failures are rare, so the message must be complete. */
async function describeState(effects: readonly Cooked[]): Promise<string> {
  const { num_pending, num_ack_pending, num_redelivered } = await client
    .get(NatsLink)
    .jsm.consumers.info('EVENTS_ROUTING', 'telephony');
  const letters = await client.get(DeadLetters).list({ limit: 500 });
  return [
    `${effects.length} effects; the broker has ${num_pending} pending, ${num_ack_pending} in flight, ${num_redelivered} redelivered`,
    `${letters.length} dead letters: ${letters.map(({ reason, message }) => `${reason} ${message}`).join('; ')}`,
    `--- the owner\n${shop.recentOutput()}\n--- the consumer\n${kitchen.recentOutput()}`,
  ].join('\n');
}

/**
 * Waits until every order has as many effects as portions. Checks that none has more and that no sequence is missing.
 */
async function expectCookedOnce(orders: ReadonlyMap<string, number>): Promise<void> {
  const total = [...orders.values()].reduce((sum, portions) => sum + portions, 0);
  const findEffects = async (): Promise<Cooked[]> => (await findCooked()).filter(({ orderId }) => orders.has(orderId));
  const complete = waitUntil(async () => (await findEffects()).length >= total, {
    what: `${total} effects`,
    everyMs: 200,
  });
  await complete.catch(async (cause: unknown) => {
    throw new Error(`${String(cause)}\n${await describeState(await findEffects())}`, { cause });
  });
  const byOrder = Map.groupBy(await findEffects(), ({ orderId }) => orderId);
  for (const [orderId, portions] of orders) {
    const sequences = (byOrder.get(orderId) ?? []).map(({ sequence }) => sequence).sort((a, b) => a - b);
    expect(sequences).toEqual(Array.from({ length: portions }, (_, index) => index + 1));
    expect(await client.get(RpcClient).call(GetOrder, { orderId }, { organizationId })).toEqual({
      orderId,
      sequence: portions,
    });
  }
}

/**
 * Places orders continuously, in batches of five.
 * @param disturb called before each batch with the number of orders placed so far; kills a process at certain numbers
 */
async function placeSteadily(
  prefix: string,
  count: number,
  disturb: (placed: number) => Promise<void> | void,
): Promise<Map<string, number>> {
  const orders = new Map<string, number>();
  const disturbances: Promise<void>[] = [];
  for (let placed = 0; placed < count; placed += 5) {
    const batch = Array.from({ length: 5 }, (_, index) => `${prefix}-${placed + index}`);
    disturbances.push(Promise.resolve(disturb(placed)));
    await Promise.all(batch.map((orderId) => placeOrder({ orderId, portions: 2 })));
    for (const orderId of batch) orders.set(orderId, 2);
  }
  await Promise.all(disturbances);
  return orders;
}

it('an event whose consumer is killed between commit and acknowledgement has its effect once', async () => {
  const exitsBefore = kitchen.exitCount;
  await placeOrder({ orderId: 'dies', portions: 1, behavior: 'dies-once' });
  await placeOrder({ orderId: 'lives', portions: 5 });
  await waitUntil(() => kitchen.exitCount > exitsBefore, { what: 'the consumer to be killed' });
  await expectCookedOnce(
    new Map([
      ['dies', 1],
      ['lives', 5],
    ]),
  );
});

it('no event is lost and no command runs twice when the owner is killed between commit and publication', async () => {
  const exitsBefore = shop.exitCount;
  await placeOrder({ orderId: 'unpublished', portions: 3, die: 'before-publish' });
  expect(shop.exitCount).toBeGreaterThan(exitsBefore);
  await expectCookedOnce(new Map([['unpublished', 3]]));
});

it('an event whose handler kills the process is dead-lettered, and other events are handled', async () => {
  const exitsBefore = kitchen.exitCount;
  await placeOrder({ orderId: 'neighbor-1', portions: 10 });
  await placeOrder({ orderId: 'killer', portions: 1, behavior: 'kills' });
  await placeOrder({ orderId: 'neighbor-2', portions: 10 });
  const letters = client.get(DeadLetters);
  const letter = await waitUntil(async () => (await letters.list()).find(({ body }) => body.includes('killer')), {
    what: 'the dead letter',
  });
  expect(letter).toMatchObject({ reason: 'handler_killed_process', consumer: 'telephony' });
  expect(kitchen.exitCount - exitsBefore).toBe(1 + messaging.maxHandlerCrashes);
  await expectCookedOnce(
    new Map([
      ['neighbor-1', 10],
      ['neighbor-2', 10],
    ]),
  );
  expect(await letters.list()).toHaveLength(1);
});

it('no event is lost or handled twice when the consumer is killed repeatedly', async () => {
  const orders = await placeSteadily('c', 120, (placed) => {
    if (placed === 30 || placed === 60 || placed === 90) kitchen.kill9();
  });
  await expectCookedOnce(orders);
});

it('no event is lost or handled twice when the owner is killed, and no call fails', async () => {
  const orders = await placeSteadily('o', 60, (placed) => {
    if (placed === 20) shop.kill9();
  });
  await expectCookedOnce(orders);
});

it('no event is lost or handled twice when NATS is killed and restarted', async () => {
  const orders = await placeSteadily('n', 100, async (placed) => {
    if (placed !== 30) return;
    await nats.kill9();
    await nats.restart();
  });
  await expectCookedOnce(orders);
});

it('no event is lost or handled twice when MongoDB is killed and restarted', async () => {
  const orders = await placeSteadily('m', 100, async (placed) => {
    if (placed !== 30) return;
    await mongo.kill9();
    await mongo.restart();
  });
  await expectCookedOnce(orders);
});

it('an event that reached the delivery limit of the server is dead-lettered', async () => {
  await kitchen.stop();
  await placeOrder({ orderId: 'given-up', portions: 1 });
  // Uses up the deliveries without a successful acknowledgement.
  const link = client.get(NatsLink);
  const consumer = await link.js.consumers.get('EVENTS_ROUTING', 'telephony');
  await waitUntil(
    async () => {
      const message = await consumer.next({ expires: 1_000 });
      message?.nak();
      return message?.info.deliveryCount === messaging.serverMaxDeliver;
    },
    { what: 'the last delivery', everyMs: 1 },
  );
  kitchen = await SupervisedProcess.start(PROGRAM, ['kitchen', options]);
  const letters = client.get(DeadLetters);
  const letter = await waitUntil(async () => (await letters.list()).find(({ body }) => body.includes('given-up')), {
    what: 'the dead letter',
  });
  expect(letter).toMatchObject({
    reason: 'max_deliveries',
    deliveries: messaging.serverMaxDeliver,
    consumer: 'telephony',
  });
  await letters.redrive(letter.id);
  await expectCookedOnce(new Map([['given-up', 1]]));
});
