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

/**
 * An event whose handler finds the database unavailable is healthy: it waits in the process and uses up neither starts
 * nor deliveries. The handler itself throws the database errors, so that the test decides when the outage ends.
 */
const organizationId = 'org-1';
const messaging = {
  ackWaitMs: 500,
  retryDelaysMs: [50, 100],
  maxKilledStarts: 2,
  serverMaxDeliver: 8,
  relayPollMs: 200,
  rpcAttemptMs: 500,
} satisfies Partial<MessagingTuning>;
const PROGRAM = new URL('../testing/mesh-fixture/main.ts', import.meta.url);
/** After this many waits, the event has waited several times `ackWaitMs`, and waits for at least another 1.5 s. */
const WAITS = 6;

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
}, 60_000);

afterAll(async () => {
  await Promise.all([shop?.stop(), kitchen?.stop()]);
  await client?.close();
}, 60_000);

const database = () => getDatabase(client.get<Connection>(getConnectionToken()));

const place = (orderId: string) =>
  client
    .get(RpcClient)
    .call(
      PlaceOrder,
      { orderId, portions: 1, behavior: 'loses-database' },
      { organizationId, commandId: randomUUID() },
    );

/** How often the current process of the consumer has waited for the database since the last effect. */
function waits(): number {
  const [now = ''] = kitchen.recentOutput(1_000).split('ended with').slice(-1);
  return now.split('Database unavailable').length - 1 - waitsBefore;
}
let waitsBefore = 0;

/** Waits for the condition. A failure lists the dead letters and the consumer's output. */
async function until(what: string, isSo: () => boolean | Promise<boolean>, everyMs = 50): Promise<void> {
  try {
    await waitUntil(isSo, { what, deadlineMs: 20_000, everyMs });
  } catch (cause) {
    const letters = await client.get(DeadLetters).list();
    const dead = letters.map(({ reason, message }) => `${reason}: ${message}`).join('\n');
    throw new Error(`${String(cause)}\nDead letters:\n${dead}\n${kitchen.recentOutput()}`, { cause });
  }
}

const untilItWaits = (many: number) => until(`the consumer to wait ${many} times`, () => waits() >= many, 20);

/** The number of deliveries to the consumer since the start. */
async function deliveries(): Promise<number> {
  const { delivered } = await client.get(NatsLink).jsm.consumers.info('EVENTS_ROUTING', 'telephony');
  return delivered.consumer_seq;
}

/**
 * Waits for `many` ack waits of the broker. A second consumer with the same ack wait, which acknowledges nothing,
 * counts them.
 */
async function passRedeliveries(many: number): Promise<void> {
  const { js, jsm } = client.get(NatsLink);
  const config = { ack_policy: AckPolicy.Explicit, ack_wait: nanos(messaging.ackWaitMs), max_ack_pending: 1 };
  const { name } = await jsm.consumers.add('EVENTS_ROUTING', config);
  const consumer = await js.consumers.get('EVENTS_ROUTING', name);
  for (let deliveryCount = 0; deliveryCount < many;) {
    deliveryCount = (await consumer.next({ expires: 5_000 }))?.info.deliveryCount ?? 0;
  }
  await jsm.consumers.delete('EVENTS_ROUTING', name);
}

async function expectCookedOnce(orderId: string): Promise<void> {
  await database().collection('returns').insertOne({ orderId });
  const found = (): Promise<Cooked[]> => database().collection<Cooked>('cooked').find({ orderId }).toArray();
  await until('the effect', async () => (await found()).length > 0);
  expect(await found()).toHaveLength(1);
  expect(await client.get(DeadLetters).list()).toEqual([]);
  waitsBefore += waits();
}

it('an event that waits for the database several times in one process is handled after the outage', async () => {
  const before = await deliveries();
  await place('patient');
  await untilItWaits(WAITS);
  // The first delivery failed. The second is still in progress: its ack wait has passed but is extended.
  expect((await deliveries()) - before).toBe(2);
  await expectCookedOnce('patient');
}, 60_000);

it('the death of a process that waits for the database does not count against the event', async () => {
  const delivered = await deliveries();
  await place('bereaved');
  for (let deaths = 1; deaths <= messaging.maxKilledStarts + 1; deaths += 1) {
    const before = kitchen.deaths;
    await untilItWaits(WAITS);
    kitchen.kill9();
    await until('the death of the consumer', () => kitchen.deaths > before);
    waitsBefore = 0;
  }
  await expectCookedOnce('bereaved');
  // The failed first delivery, the second, and one after each death.
  expect((await deliveries()) - delivered).toBe(2 + messaging.maxKilledStarts + 1);
}, 120_000);

it('an event of a consumer that stays down uses up no deliveries', async () => {
  await place('absent');
  await untilItWaits(WAITS);
  await kitchen.stop('SIGKILL');
  const before = await deliveries();
  await passRedeliveries(messaging.serverMaxDeliver + 2);
  expect(await deliveries()).toBe(before);
  kitchen = await SupervisedProcess.start(PROGRAM, ['kitchen', options]);
  waitsBefore = 0;
  await expectCookedOnce('absent');
  expect(await deliveries()).toBe(before + 1);
}, 120_000);
