import mongoose, { type Connection } from 'mongoose';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import { getOutboxCollection, type OutboxRow } from '#libs/persistence/index.js';
import { testMongo } from '#libs/testing/servers/index.js';
import { OutboxWatch } from './outbox-watch.js';

const OWN_WRITER = 'this-process';
let connection: Connection;
let watch: OutboxWatch;
const reportedIds: (string | null)[] = [];

beforeAll(async () => {
  const { uri } = await testMongo();
  connection = await mongoose.createConnection(uri).asPromise();
  watch = new OutboxWatch(connection, OWN_WRITER, (id) => reportedIds.push(id));
  watch.open();
});

afterAll(async () => {
  await watch?.close();
  await connection?.close();
});

async function insert(writer: string | undefined): Promise<string> {
  const _id = new mongoose.Types.ObjectId();
  const row = {
    _id,
    aggregate: 'a',
    aggregateId: _id.toHexString(),
    sequence: 1,
    subject: 's',
    envelope: '{}',
    trace: {},
    createdAt: new Date(),
    unsent: true,
    ...(writer === undefined ? {} : { writer }),
  };
  await getOutboxCollection(connection).insertOne(row as OutboxRow);
  return _id.toHexString();
}

it('OutboxWatch reports the rows of other processes and not the rows of its own process', async () => {
  // The stream opens asynchronously, so rows may be missed until it reports the first one.
  await waitUntil(async () => (await insert('another')) && reportedIds.some((id) => id !== null), {
    what: 'the open stream',
  });
  const ownId = await insert(OWN_WRITER);
  const otherId = await insert('another');
  // Older versions wrote rows without a writer.
  const idWithoutWriter = await insert(undefined);
  await waitUntil(() => reportedIds.includes(idWithoutWriter), { what: 'the last row' });
  expect(reportedIds).toContain(otherId);
  expect(reportedIds).not.toContain(ownId);
});
