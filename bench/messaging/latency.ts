import { Controller, Module, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AckPolicy, jetstream, jetstreamManager, StorageType } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { IdField, IntegerField, TextField } from '#libs/contracts/fields/index.js';
import { ContractRegistry, defineEvent, type EventEnvelope } from '#libs/contracts/kernel/index.js';
import { connectMessaging, MessagingModule, OnEvent, type EventContext } from '#libs/messaging/index.js';
import { PersistenceModule, TransactionRunner } from '#libs/persistence/index.js';
import { TEST_DATA_KEYS } from '#libs/testing/data-keys.js';

/** An event of about the size of a delivery's. */
class Tick {
  @IdField() tickId!: string;
  /**
   * When the event should have been sent, in milliseconds since the epoch, so that the latency includes the time spent
   * waiting to be sent.
   */
  @IntegerField() dueAt!: number;
  @TextField({ max: 1_000 }) body!: string;
}

const Ticked = defineEvent({
  subject: 'routing.bench.ticked.v1',
  payload: Tick,
  consumers: ['telephony'],
  summary: 'Time passed in a benchmark.',
});
const registry = new ContractRegistry([Ticked], []);
const BODY = 'x'.repeat(500);

export interface LatencyFigures {
  readonly rate: number;
  readonly sent: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly lost: number;
  readonly doubled: number;
}

/** A transport of events whose latency is measured. */
export interface Path {
  send(tickId: string, dueAt: number): Promise<void>;
  onArrival(listener: (tickId: string) => void): void;
  close(): Promise<void>;
}

@Controller()
class TickConsumer {
  listener: (tickId: string) => void = () => undefined;

  @OnEvent(Ticked)
  onTick({ payload }: EventEnvelope<Tick>, { tx }: EventContext): Promise<void> {
    const { tickId } = payload;
    tx.afterCommit(() => this.listener(tickId));
    return Promise.resolve();
  }
}

@Module({})
class Sender {}
@Module({})
class Receiver {}

async function bootApp(
  module: object,
  app: 'routing' | 'telephony',
  mongoUri: string,
  natsUrl: string,
): Promise<INestApplication> {
  const imports = [
    PersistenceModule.forApp({ app, uri: mongoUri, dataKeys: TEST_DATA_KEYS }),
    MessagingModule.forApp({ app, natsUrl, registry }),
  ];
  const nest = await NestFactory.create({ imports, ...module } as never, new FastifyAdapter(), {
    logger: ['error', 'warn'],
  });
  await connectMessaging(nest);
  return nest;
}

/**
 * Two apps in this process: transaction, outbox, relay, stream, consumer, handler and its commit. The NATS server must
 * be dedicated to the benchmark, because this function declares streams under an app's name.
 */
export async function meshPath(mongoUri: string, natsUrl: string): Promise<Path> {
  const receiver = await bootApp({ module: Receiver, controllers: [TickConsumer] }, 'telephony', mongoUri, natsUrl);
  const sender = await bootApp({ module: Sender }, 'routing', mongoUri, natsUrl);
  const transactions = sender.get(TransactionRunner);
  return {
    send: (tickId, dueAt) =>
      transactions.run((tx) => {
        const payload = { tickId, dueAt, body: BODY };
        tx.emit({
          contract: Ticked,
          organizationId: 'bench',
          aggregateId: tickId,
          sequence: 1,
          payload,
          occurredAt: new Date(),
        });
        return Promise.resolve();
      }),
    onArrival: (listener) => {
      receiver.get(TickConsumer, { strict: false }).listener = listener;
    },
    close: async () => {
      await receiver.close();
      await sender.close();
    },
  };
}

/**
 * The baseline without DelAuto's messaging: publish with acknowledgement, durable file stream, pull consumer, explicit
 * ack.
 */
export async function rawJetStreamPath(natsUrl: string): Promise<Path> {
  const nc = await connect({ servers: natsUrl });
  const jsm = await jetstreamManager(nc);
  const name = `RAW_${randomUUID().slice(0, 8)}`;
  await jsm.streams.add({ name, subjects: [`raw.${name}`], storage: StorageType.File });
  await jsm.consumers.add(name, { durable_name: 'raw', ack_policy: AckPolicy.Explicit });
  const js = jetstream(nc);
  const messages = await (await js.consumers.get(name, 'raw')).consume();
  let listener: (tickId: string) => void = () => undefined;
  const reading = (async () => {
    for await (const message of messages) {
      listener(message.json<Tick>().tickId);
      message.ack();
    }
  })();
  return {
    send: async (tickId, dueAt) => {
      await js.publish(`raw.${name}`, JSON.stringify({ tickId, dueAt, body: BODY }), { msgID: tickId });
    },
    onArrival: (newListener) => {
      listener = newListener;
    },
    close: async () => {
      await messages.close();
      await reading;
      await jsm.streams.delete(name);
      await nc.close();
    },
  };
}

const SETTLE_TIMEOUT_MS = 15_000;

/**
 * Sends events at a steady rate regardless of their progress (an open loop), and measures each from the time when it
 * was due.
 *
 * @param rate Events per second.
 */
export async function measureLatency(path: Path, rate: number, seconds: number): Promise<LatencyFigures> {
  const due = new Map<string, number>();
  const arrived = new Map<string, number[]>();
  path.onArrival((tickId) => {
    const dueAt = due.get(tickId);
    // The event belongs to an earlier, overloaded run.
    if (dueAt === undefined) return;
    arrived.set(tickId, [...(arrived.get(tickId) ?? []), performance.now() - dueAt]);
  });
  const total = rate * seconds;
  const started = performance.now() + 50;
  const sends: Promise<void>[] = [];
  for (let index = 0; index < total; index += 1) {
    const dueAt = started + (index * 1_000) / rate;
    if (dueAt > performance.now()) await delay(dueAt - performance.now());
    const tickId = randomUUID();
    due.set(tickId, dueAt);
    sends.push(path.send(tickId, Math.round(performance.timeOrigin + dueAt)));
  }
  await Promise.all(sends);
  for (const deadline = performance.now() + SETTLE_TIMEOUT_MS; arrived.size < total && performance.now() < deadline;)
    await delay(20);
  const latencies = [...arrived.values()].flatMap((times) => times.slice(0, 1)).sort((a, b) => a - b);
  const quantileMs = (quantile: number): number =>
    Math.round((latencies[Math.ceil(latencies.length * quantile) - 1] ?? Infinity) * 10) / 10;
  return {
    rate,
    sent: total,
    p50Ms: quantileMs(0.5),
    p99Ms: quantileMs(0.99),
    lost: total - arrived.size,
    doubled: [...arrived.values()].filter((times) => times.length > 1).length,
  };
}

/**
 * Measures each rate in turn until one misses the goal.
 *
 * @returns All figures, and the highest rate that met the goal.
 */
export async function climbRates(
  path: Path,
  rates: readonly number[],
  seconds: number,
  goalP99Ms: number,
): Promise<{ figures: LatencyFigures[]; highestRate: number }> {
  const figures: LatencyFigures[] = [];
  let highestRate = 0;
  for (const rate of rates) {
    const measured = await measureLatency(path, rate, seconds);
    figures.push(measured);
    if (measured.p99Ms >= goalP99Ms || measured.lost > 0) break;
    highestRate = rate;
  }
  return { figures, highestRate };
}
