import { Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { getConnectionToken } from '@nestjs/mongoose';
import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import { startServer, type RunningServer } from '#deploy/local/servers/index.js';
import { databaseOf, PersistenceModule } from '#libs/persistence/index.js';
import { TEST_DATA_KEYS } from '#libs/testing/data-keys.js';
import {
  fixtureRegistry,
  GetOrder,
  PlaceOrder,
  type Behavior,
  type PlaceOrderRequest,
} from '#libs/testing/mesh-fixture/contracts.js';
import type { Cooked } from '#libs/testing/mesh-fixture/kitchen.js';
import { Supervised } from '#libs/testing/processes/supervised.js';
import { testNats, type TestServer } from '#libs/testing/servers/index.js';
import { DeadLetters, MessagingModule, NatsLink, RpcClient } from './index.js';

/** Each of these ends processes with `kill -9` in the middle, and then counts effects. */
const organizationId = 'org-1';
const messaging = {
  ackWaitMs: 1_500,
  retryDelaysMs: [50, 100],
  mostKilledStarts: 2,
  serverMaxDeliver: 8,
  relayLeaseMs: 1_000,
  relayPollMs: 500,
  rpcAttemptMs: 500,
  rpcTimeoutMs: 25_000,
};
const PROGRAM = new URL('../testing/mesh-fixture/main.ts', import.meta.url);

let mongo: RunningServer;
let nats: TestServer;
let client: INestApplicationContext;
let shop: Supervised;
let kitchen: Supervised;
let given: string;

@Module({})
class Client {}

beforeAll(async () => {
  // A database of its own: the shared one may not be killed.
  [mongo, nats] = await Promise.all([startServer('mongodb'), testNats()]);
  const mongoUri = mongo.environment['MONGODB_URI'] ?? mongo.url;
  given = JSON.stringify({ mongoUri, natsUrl: nats.url, messaging });
  // Asks, and looks, but consumes nothing: it is never connected.
  const imports = [
    PersistenceModule.forApp({ app: 'telephony', uri: mongoUri, dataKeys: TEST_DATA_KEYS }),
    MessagingModule.forApp({ app: 'telephony', natsUrl: nats.url, registry: fixtureRegistry, options: messaging }),
  ];
  client = await NestFactory.createApplicationContext({ module: Client, imports }, { logger: false });
  // A killed process leaves its open transaction behind, and its locks, for this long.
  const { db } = client.get<Connection>(getConnectionToken());
  await db?.admin().command({ setParameter: 1, transactionLifetimeLimitSeconds: 3 });
  [shop, kitchen] = await Promise.all([
    Supervised.start(PROGRAM, ['shop', given]),
    Supervised.start(PROGRAM, ['kitchen', given]),
  ]);
}, 90_000);

afterAll(async () => {
  await Promise.all([shop?.stop(), kitchen?.stop()]);
  await client?.close();
  await mongo?.stop();
}, 60_000);

const cooked = (): Promise<Cooked[]> =>
  databaseOf(client.get<Connection>(getConnectionToken())).collection<Cooked>('cooked').find().toArray();

const place = (request: Omit<PlaceOrderRequest, 'behavior'> & { behavior?: Behavior }) =>
  client
    .get(RpcClient)
    .call(PlaceOrder, { behavior: 'works', ...request }, { organizationId, commandId: randomUUID() });

/** What became of what is missing: a failure here is rare, and has to say all it knows. */
async function whereTheyAre(effects: readonly Cooked[]): Promise<string> {
  const { num_pending, num_ack_pending, num_redelivered } = await client
    .get(NatsLink)
    .jsm.consumers.info('EVENTS_ROUTING', 'telephony');
  const letters = await client.get(DeadLetters).list({ limit: 500 });
  return [
    `${effects.length} effects; the broker has ${num_pending} to deliver, ${num_ack_pending} in flight, ${num_redelivered} again`,
    `${letters.length} dead letters: ${letters.map(({ reason, message }) => `${reason} ${message}`).join('; ')}`,
    `--- the owner\n${shop.lastWords()}\n--- the consumer\n${kitchen.lastWords()}`,
  ].join('\n');
}

/** Waits until every order has as many effects as portions, and proves that none has more and no sequence is missing. */
async function expectCookedOnce(orders: ReadonlyMap<string, number>): Promise<void> {
  const total = [...orders.values()].reduce((sum, portions) => sum + portions, 0);
  const ofThese = async (): Promise<Cooked[]> => (await cooked()).filter(({ orderId }) => orders.has(orderId));
  const complete = waitUntil(async () => (await ofThese()).length >= total, {
    what: `${total} effects`,
    deadlineMs: 45_000,
    everyMs: 200,
  });
  await complete.catch(async (cause: unknown) => {
    throw new Error(`${String(cause)}\n${await whereTheyAre(await ofThese())}`, { cause });
  });
  const byOrder = Map.groupBy(await ofThese(), ({ orderId }) => orderId);
  for (const [orderId, portions] of orders) {
    const sequences = (byOrder.get(orderId) ?? []).map(({ sequence }) => sequence).sort((a, b) => a - b);
    expect(sequences).toEqual(Array.from({ length: portions }, (_, index) => index + 1));
    expect(await client.get(RpcClient).call(GetOrder, { orderId }, { organizationId })).toEqual({
      orderId,
      sequence: portions,
    });
  }
}

/** Places orders steadily while something is killed. */
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
    await Promise.all(batch.map((orderId) => place({ orderId, portions: 2 })));
    for (const orderId of batch) orders.set(orderId, 2);
  }
  await Promise.all(disturbances);
  return orders;
}

it('killed between the commit and the acknowledgement, a consumer has no second effect', async () => {
  const before = kitchen.deaths;
  await place({ orderId: 'dies', portions: 1, behavior: 'dies-once' });
  await place({ orderId: 'lives', portions: 5 });
  await waitUntil(() => kitchen.deaths > before, { what: 'the death of the consumer', deadlineMs: 15_000 });
  await expectCookedOnce(
    new Map([
      ['dies', 1],
      ['lives', 5],
    ]),
  );
}, 60_000);

it('killed between the commit and the publication, an owner loses no event and repeats no command', async () => {
  const before = shop.deaths;
  await place({ orderId: 'unpublished', portions: 3, die: 'before-publish' });
  expect(shop.deaths).toBeGreaterThan(before);
  await expectCookedOnce(new Map([['unpublished', 3]]));
}, 60_000);

it('dead-letters an event whose handler kills the process, and completes its neighbours', async () => {
  const before = kitchen.deaths;
  await place({ orderId: 'neighbour-1', portions: 10 });
  await place({ orderId: 'killer', portions: 1, behavior: 'kills' });
  await place({ orderId: 'neighbour-2', portions: 10 });
  const letters = client.get(DeadLetters);
  const found = await waitUntil(async () => (await letters.list()).find(({ body }) => body.includes('killer')), {
    what: 'the dead letter',
    deadlineMs: 60_000,
  });
  expect(found).toMatchObject({ reason: 'handler_killed_process', consumer: 'telephony' });
  expect(kitchen.deaths - before).toBe(1 + messaging.mostKilledStarts);
  await expectCookedOnce(
    new Map([
      ['neighbour-1', 10],
      ['neighbour-2', 10],
    ]),
  );
  expect(await letters.list()).toHaveLength(1);
}, 120_000);

it('loses and doubles nothing when the consumer is killed again and again', async () => {
  const orders = await placeSteadily('c', 120, (placed) => {
    if (placed === 30 || placed === 60 || placed === 90) kitchen.kill9();
  });
  await expectCookedOnce(orders);
}, 120_000);

it('loses and doubles nothing when the owner is killed, and its callers do not notice', async () => {
  const orders = await placeSteadily('o', 60, (placed) => {
    if (placed === 20) shop.kill9();
  });
  await expectCookedOnce(orders);
}, 120_000);

it('loses and doubles nothing when NATS is killed and comes back', async () => {
  const orders = await placeSteadily('n', 100, async (placed) => {
    if (placed !== 30) return;
    await nats.kill9();
    await nats.restart();
  });
  await expectCookedOnce(orders);
}, 120_000);

it('loses and doubles nothing when MongoDB is killed and comes back', async () => {
  const orders = await placeSteadily('m', 100, async (placed) => {
    if (placed !== 30) return;
    await mongo.kill9();
    await mongo.restart();
  });
  await expectCookedOnce(orders);
}, 120_000);

it('finds among the dead letters what the server gave up', async () => {
  await kitchen.stop();
  await place({ orderId: 'given-up', portions: 1 });
  // A consumer that takes it and never says a word, over and over.
  const link = client.get(NatsLink);
  const consumer = await link.js.consumers.get('EVENTS_ROUTING', 'telephony');
  await waitUntil(
    async () => {
      const message = await consumer.next({ expires: 1_000 });
      message?.nak();
      return message?.info.deliveryCount === messaging.serverMaxDeliver;
    },
    { what: 'the last delivery', deadlineMs: 20_000, everyMs: 1 },
  );
  kitchen = await Supervised.start(PROGRAM, ['kitchen', given]);
  const letters = client.get(DeadLetters);
  const letter = await waitUntil(async () => (await letters.list()).find(({ body }) => body.includes('given-up')), {
    what: 'the dead letter',
    deadlineMs: 20_000,
  });
  expect(letter).toMatchObject({
    reason: 'max_deliveries',
    deliveries: messaging.serverMaxDeliver,
    consumer: 'telephony',
  });
  await letters.redrive(letter.id);
  await expectCookedOnce(new Map([['given-up', 1]]));
}, 90_000);
