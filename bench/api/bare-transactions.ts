import { randomBytes } from 'node:crypto';
import mongoose, { Schema } from 'mongoose';
import { createId } from '#libs/persistence/index.js';
import { percentile } from '../figures.js';

/**
 * The baseline for posts: a Mongoose transaction that only inserts two documents, about as large as a delivery and its
 * event, with DelAuto's write concern. It runs in its own process, as routing does.
 */
const [uri = '', connections = '1', seconds = '5'] = process.argv.slice(2);

const shape = { _id: String, organizationId: String, reference: String, body: Schema.Types.Mixed };
const connection = await mongoose
  .createConnection(uri, { writeConcern: { w: 'majority', j: true }, maxPoolSize: 32 })
  .asPromise();
const State = connection.model('BareState', new Schema(shape, { versionKey: false, collection: 'bare_states' }));
const Event = connection.model('BareEvent', new Schema(shape, { versionKey: false, collection: 'bare_events' }));
await Promise.all([State.createCollection(), Event.createCollection()]);

/** About as many fields as a stored delivery has, of about the same size. */
const body = Object.fromEntries(Array.from({ length: 25 }, (_, n) => [`field${n}`, randomBytes(12).toString('hex')]));

async function runTransaction(): Promise<void> {
  const session = await connection.startSession();
  try {
    await session.withTransaction(
      async () => {
        const fields = { organizationId: 'org_bare', reference: 'bare', body };
        await State.insertMany([{ _id: createId('dlv'), ...fields }], { session });
        await Event.insertMany([{ _id: createId('evt'), ...fields }], { session });
      },
      { readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority', j: true } },
    );
  } finally {
    await session.endSession();
  }
}

const times: number[] = [];
const began = performance.now();
const end = began + Number(seconds) * 1_000;
await Promise.all(
  Array.from({ length: Number(connections) }, async () => {
    while (performance.now() < end) {
      const started = performance.now();
      await runTransaction();
      times.push(performance.now() - started);
    }
  }),
);
const perSecond = (times.length * 1_000) / (performance.now() - began);
process.stdout.write(
  `${JSON.stringify({ perSecond, p50Ms: percentile(times, 0.5), p99Ms: percentile(times, 0.99) })}\n`,
);
await connection.close();
