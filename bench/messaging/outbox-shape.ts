import mongoose from 'mongoose';
import { parseArgs } from 'node:util';
import { startServer } from '#deploy/local/servers/index.js';
import { jsonLine, reported, type Figure } from '../figures.js';
import { processCpuMs, ownCpuMs } from './cpu.js';

/**
 * Compares two ways to store an event until it is published: in an outbox row, written in one transaction with the
 * state, and inside the state's document. Both measurements include marking the event as published, and run on one
 * mongod with journaled majority writes. The results are in docs/adr/0002-outbox.md.
 */
const HELP = `Outbox rows in a transaction compared with events in the state's own document (ADR 0002).

  npm run bench:outbox-shape -- [--short]

  --short   half a second each, 8 writers
  --help    prints this text

Prints a table and ends with one line of JSON. Exits 1 if a written event was not found.
`;
const FULL = { seconds: 5, writers: [1, 32] };
const SHORT = { seconds: 0.5, writers: [8] };
const { values } = parseArgs({ options: { short: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } });
if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}
const { seconds: SECONDS, writers } = values.short ? SHORT : FULL;
const DURABLE = { w: 'majority', j: true } as const;

interface Row {
  _id: string;
  revision: number;
  note: string;
  pending?: object[];
}

interface Shape {
  readonly name: string;
  /** The prefix in the names of figures. */
  readonly key: string;
  ensureIndexes(): Promise<void>;
  /** Aggregates per write; each has one event. */
  readonly batch: number;
  write(id: string): Promise<void>;
  /**
   * Finds unsent events and marks them as published, in batches.
   *
   * @returns The number of events marked.
   */
  markAll(): Promise<number>;
}

const event = (id: string) => ({
  id,
  subject: 'routing.delivery.created.v1',
  aggregateId: id,
  sequence: 1,
  body: 'x'.repeat(600),
});
const note = 'n'.repeat(400);

interface OutboxRow {
  _id: mongoose.Types.ObjectId;
  aggregateId: string;
  sequence: number;
  unsent?: true;
  body: object;
  publishedAt?: Date;
}

/** @param batch The number of aggregates in one transaction, as when a consumer handles a batch of events. */
function transactionShape(client: mongoose.mongo.MongoClient, db: mongoose.mongo.Db, batch: number): Shape {
  const state = db.collection<Row>(`tx_state_${batch}`, { writeConcern: DURABLE });
  const outbox = db.collection<OutboxRow>(`tx_outbox_${batch}`);
  const toOutboxRow = (id: string): OutboxRow => ({
    _id: new mongoose.Types.ObjectId(),
    aggregateId: id,
    sequence: 1,
    unsent: true,
    body: event(id),
  });
  return {
    key: batch === 1 ? 'transaction' : 'batch',
    name: batch === 1 ? 'transaction: state and outbox row' : `transaction: ${batch} states, their outbox rows`,
    batch,
    async ensureIndexes() {
      await outbox.createIndexes([
        { key: { aggregateId: 1, sequence: 1 }, unique: true },
        { key: { unsent: 1, _id: 1 }, partialFilterExpression: { unsent: true } },
      ]);
    },
    async write(id) {
      const ids = Array.from({ length: batch }, (_, index) => `${id}-${index}`);
      await client.withSession((session) =>
        session.withTransaction(
          async () => {
            // States are inserted one by one, as handlers do. Outbox rows are inserted together, as the transaction
            // runner does.
            for (const one of ids) await state.insertOne({ _id: one, revision: 1, note }, { session });
            await outbox.insertMany(ids.map(toOutboxRow), { session });
          },
          { readConcern: { level: 'snapshot' }, writeConcern: DURABLE },
        ),
      );
    },
    async markAll() {
      for (let marked = 0; ;) {
        const rows = await outbox.find({ unsent: true }).sort({ unsent: 1, _id: 1 }).limit(256).toArray();
        if (rows.length === 0) return marked;
        const ids = rows.map(({ _id }) => _id);
        await outbox.updateMany(
          { _id: { $in: ids } },
          { $set: { publishedAt: new Date() }, $unset: { unsent: true } },
          { writeConcern: { w: 1 } },
        );
        marked += rows.length;
      }
    },
  };
}

function documentShape(db: mongoose.mongo.Db): Shape {
  const state = db.collection<Row>('doc_state', { writeConcern: DURABLE });
  return {
    key: 'document',
    name: 'one document with its pending events',
    batch: 1,
    async ensureIndexes() {
      await state.createIndex({ 'pending.id': 1 }, { partialFilterExpression: { 'pending.id': { $exists: true } } });
    },
    async write(id) {
      await state.insertOne({ _id: id, revision: 1, note, pending: [event(id)] });
    },
    async markAll() {
      for (let marked = 0; ;) {
        const rows = await state
          .find({ 'pending.id': { $exists: true } })
          .limit(256)
          .toArray();
        if (rows.length === 0) return marked;
        // Only the published event is removed, because others may have been added in the meantime.
        const updates = rows.map(({ _id }) => ({
          updateOne: { filter: { _id }, update: { $pull: { pending: { id: _id } } } },
        }));
        await state.bulkWrite(updates, { ordered: false, writeConcern: { w: 1 } });
        marked += rows.length;
      }
    },
  };
}

interface Measured {
  readonly key: string;
  readonly shape: string;
  readonly concurrency: number;
  readonly eventsPerSecond: number;
  readonly p99Ms: number;
  readonly clientCpuMs: number;
  readonly serverCpuMs: number;
  readonly markedPerSecond: number;
}

async function measure(shape: Shape, concurrency: number, mongodPid: number | undefined): Promise<Measured> {
  const serverCpu = (): number => (mongodPid === undefined ? NaN : processCpuMs(mongodPid));
  const latencies: number[] = [];
  const [clientBefore, serverBefore, started] = [ownCpuMs(), serverCpu(), performance.now()];
  const worker = async (lane: number): Promise<void> => {
    for (let count = 0; performance.now() - started < SECONDS * 1_000; count += 1) {
      const begun = performance.now();
      await shape.write(`${concurrency}-${lane}-${count}`);
      latencies.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, (_, lane) => worker(lane)));
  const seconds = (performance.now() - started) / 1_000;
  const markingStarted = performance.now();
  const marked = await shape.markAll();
  const events = latencies.length * shape.batch;
  if (marked !== events) throw new Error(`${shape.name}: wrote ${events} events and found ${marked}.`);
  const markSeconds = (performance.now() - markingStarted) / 1_000;
  latencies.sort((a, b) => a - b);
  return {
    key: shape.key,
    shape: shape.name,
    concurrency,
    eventsPerSecond: Math.round(events / seconds),
    p99Ms: round(latencies[Math.floor(latencies.length * 0.99)] ?? NaN),
    clientCpuMs: round((ownCpuMs() - clientBefore) / events),
    serverCpuMs: round((serverCpu() - serverBefore) / events),
    markedPerSecond: Math.round(marked / markSeconds),
  };
}

const round = (value: number): number => Math.round(value * 100) / 100;

const server = await startServer('mongodb');
const client = new mongoose.mongo.MongoClient(server.environment['MONGODB_URI'] ?? server.url, { maxPoolSize: 64 });
try {
  await client.connect();
  const db = client.db(`bench_outbox_${process.pid}`);
  const shapes = [transactionShape(client, db, 1), transactionShape(client, db, 32), documentShape(db)];
  for (const shape of shapes) await shape.ensureIndexes();
  const results: Measured[] = [];
  for (const concurrency of writers)
    for (const shape of shapes) results.push(await measure(shape, concurrency, server.pid));
  await db.dropDatabase();
  console.log('Events written with their state, then marked as published. CPU per event includes marking.');
  console.table(results);
  const figures = results.flatMap(
    ({ key, concurrency, eventsPerSecond, markedPerSecond, p99Ms }): [string, Figure][] => [
      [`${key}.${concurrency}.eventsPerSecond`, reported(eventsPerSecond)],
      [`${key}.${concurrency}.markedPerSecond`, reported(markedPerSecond)],
      [`${key}.${concurrency}.p99Ms`, reported(p99Ms)],
    ],
  );
  console.log(jsonLine('outbox-shape', Object.fromEntries(figures)));
} finally {
  await client.close();
  await server.stop();
}
