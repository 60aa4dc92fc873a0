import mongoose, { type Connection } from 'mongoose';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import { outboxCollection, type OutboxRow } from '#libs/persistence/index.js';
import { testMongo } from '#libs/testing/servers/index.js';
import { OutboxWatch } from './outbox-watch.js';

const OWN_WRITER = 'this-process';
let connection: Connection;
let watch: OutboxWatch;
const inserted: (string | null)[] = [];

beforeAll(async () => {
  const { uri } = await testMongo();
  connection = await mongoose.createConnection(uri).asPromise();
  watch = new OutboxWatch(connection, OWN_WRITER, (id) => inserted.push(id));
  watch.open();
});

afterAll(async () => {
  await watch?.close();
  await connection?.close();
});

async function insert(writer: string | undefined): Promise<string> {
  const _id = new mongoose.Types.ObjectId();
  const row = { _id, aggregate: 'a', aggregateId: _id.toHexString(), sequence: 1, subject: 's', envelope: '{}' };
  const rest = { trace: {}, createdAt: new Date(), unsent: true, ...(writer === undefined ? {} : { writer }) };
  await outboxCollection(connection).insertOne({ ...row, ...rest } as OutboxRow);
  return _id.toHexString();
}

it('OutboxWatch reports rows of other processes, and not those of its own process', async () => {
  // The stream opens asynchronously, so rows may be missed until it reports the first one.
  await waitUntil(async () => (await insert('another')) && inserted.some((id) => id !== null), {
    what: 'the open stream',
    deadlineMs: 10_000,
  });
  const ownId = await insert(OWN_WRITER);
  const otherId = await insert('another');
  const idOfOlderVersion = await insert(undefined);
  await waitUntil(() => inserted.includes(idOfOlderVersion), { what: 'the last row', deadlineMs: 10_000 });
  expect(inserted).toContain(otherId);
  expect(inserted).not.toContain(ownId);
});
