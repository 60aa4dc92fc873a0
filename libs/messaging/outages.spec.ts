import { AckPolicy } from '@nats-io/jetstream';
import { nanos } from '@nats-io/nats-core';
import { Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { getConnectionToken } from '@nestjs/mongoose';
import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import { getDatabase, PersistenceModule } from '#libs/persistence/index.js';
import { TEST_DATA_KEYS } from '#libs/testing/data-keys.js';
import { fixtureRegistry, PlaceOrder } from '#libs/testing/mesh-fixture/contracts.js';
import type { Cooked } from '#libs/testing/mesh-fixture/kitchen.js';
import { SupervisedProcess } from '#libs/testing/processes/supervised.js';
import { startTestServers } from '#libs/testing/servers/index.js';
import { DeadLetters, MessagingModule, NatsLink, RpcClient } from './index.js';
import type { MessagingTuning } from './options/options.js';

// An event whose handler finds the database unavailable is not at fault. It waits in the process and uses up neither
// starts nor deliveries. The handler itself throws the database errors, so that the test decides when the outage ends.
const organizationId = 'org-1';
const messaging = {
  ackWaitMs: 500,
  retryDelaysMs: [50, 100],
  maxHandlerCrashes: 2,
  serverMaxDeliver: 8,
  relayPollMs: 200,
  rpcAttemptMs: 500,
} satisfies Partial<MessagingTuning>;
const PROGRAM = new URL('../testing/mesh-fixture/main.ts', import.meta.url);
/** After this many waits, an event has waited for several times `ackWaitMs`, and its next wait takes at least 1.5 s. */
const MIN_WAITS = 6;

let client: INestApplicationContext;
let shop: SupervisedProcess;
let kitchen: SupervisedProcess;
let options: string;

@Module({})
class Client {}

beforeAll(async () => {
  const { mongo, nats } = await startTestServers({ mongo: true, nats: true });
  options = JSON.stringify({ mongoUri: mongo.uri, natsUrl: nats.url, messaging });
  const imports = [
    PersistenceModule.forApp({ app: 'telephony', uri: mongo.uri, dataKeys: TEST_DATA_KEYS }),
    MessagingModule.forApp({ app: 'telephony', natsUrl: nats.url, registry: fixtureRegistry, options: messaging }),
  ];
  client = await NestFactory.createApplicationContext({ module: Client, imports }, { logger: false });
  [shop, kitchen] = await Promise.all([
    SupervisedProcess.start(PROGRAM, ['shop', options]),
    SupervisedProcess.start(PROGRAM, ['kitchen', options]),
  ]);
});

afterAll(async () => {
  await Promise.all([shop?.stop(), kitchen?.stop()]);
  await client?.close();
});

const getClientDatabase = () => getDatabase(client.get<Connection>(getConnectionToken()));

const placeOrder = (orderId: string) =>
  client
    .get(RpcClient)
    .call(
      PlaceOrder,
      { orderId, portions: 1, behavior: 'loses-database' },
      { organizationId, commandId: randomUUID() },
    );

/** Waits of the consumer's current process before the last effect. */
let waitsBefore = 0;

/** Counts how often the current process of the consumer has waited for the database since the last effect. */
function countWaits(): number {
  const [output = ''] = kitchen.recentOutput(1_000).split('ended with').slice(-1);
  return output.split('Database unavailable').length - 1 - waitsBefore;
}

/** Waits for the condition. A failure lists the dead letters and the consumer's output. */
async function waitFor(what: string, condition: () => boolean | Promise<boolean>, everyMs = 50): Promise<void> {
  try {
    await waitUntil(condition, { what, everyMs });
  } catch (cause) {
    const letters = await client.get(DeadLetters).list();
    const descriptions = letters.map(({ reason, message }) => `${reason}: ${message}`).join('\n');
    throw new Error(`${String(cause)}\nDead letters:\n${descriptions}\n${kitchen.recentOutput()}`, { cause });
  }
}

const waitForWaits = (count: number) => waitFor(`the consumer to wait ${count} times`, () => countWaits() >= count, 20);

/** Counts the deliveries to the consumer since the start. */
async function countDeliveries(): Promise<number> {
  const { delivered } = await client.get(NatsLink).jsm.consumers.info('EVENTS_ROUTING', 'telephony');
  return delivered.consumer_seq;
}

/**
 * Waits for `count` ack waits of the broker. A second consumer with the same ack wait, which never acknowledges, counts
 * them.
 */
async function waitForAckWaits(count: number): Promise<void> {
  const { js, jsm } = client.get(NatsLink);
  const config = { ack_policy: AckPolicy.Explicit, ack_wait: nanos(messaging.ackWaitMs), max_ack_pending: 1 };
  const { name } = await jsm.consumers.add('EVENTS_ROUTING', config);
  const consumer = await js.consumers.get('EVENTS_ROUTING', name);
  for (let deliveryCount = 0; deliveryCount < count;) {
    deliveryCount = (await consumer.next({ expires: 5_000 }))?.info.deliveryCount ?? 0;
  }
  await jsm.consumers.delete('EVENTS_ROUTING', name);
}

async function expectCookedOnce(orderId: string): Promise<void> {
  await getClientDatabase().collection('returns').insertOne({ orderId });
  const findEffects = (): Promise<Cooked[]> =>
    getClientDatabase().collection<Cooked>('cooked').find({ orderId }).toArray();
  await waitFor('the effect', async () => (await findEffects()).length > 0);
  expect(await findEffects()).toHaveLength(1);
  expect(await client.get(DeadLetters).list()).toEqual([]);
  waitsBefore += countWaits();
}

it('an event that waits for the database several times in one process is handled after the outage', async () => {
  const deliveriesBefore = await countDeliveries();
  await placeOrder('patient');
  await waitForWaits(MIN_WAITS);
  // The first delivery failed. The second is still in progress: its ack wait has passed but is extended.
  expect((await countDeliveries()) - deliveriesBefore).toBe(2);
  await expectCookedOnce('patient');
});

it('an event does not use up starts when its process dies while it waits for the database', async () => {
  const deliveriesBefore = await countDeliveries();
  await placeOrder('bereaved');
  for (let crashes = 1; crashes <= messaging.maxHandlerCrashes + 1; crashes += 1) {
    const exitsBefore = kitchen.exitCount;
    await waitForWaits(MIN_WAITS);
    kitchen.kill9();
    await waitFor('the consumer to be killed', () => kitchen.exitCount > exitsBefore);
    waitsBefore = 0;
  }
  await expectCookedOnce('bereaved');
  // The failed first delivery, the second, and one after each death.
  expect((await countDeliveries()) - deliveriesBefore).toBe(2 + messaging.maxHandlerCrashes + 1);
});

it('an event does not use up deliveries while its consumer is stopped', async () => {
  await placeOrder('absent');
  await waitForWaits(MIN_WAITS);
  await kitchen.stop('SIGKILL');
  const deliveriesBefore = await countDeliveries();
  await waitForAckWaits(messaging.serverMaxDeliver + 2);
  expect(await countDeliveries()).toBe(deliveriesBefore);
  kitchen = await SupervisedProcess.start(PROGRAM, ['kitchen', options]);
  waitsBefore = 0;
  await expectCookedOnce('absent');
  expect(await countDeliveries()).toBe(deliveriesBefore + 1);
});
