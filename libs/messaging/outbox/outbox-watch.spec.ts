import mongoose, { type Connection } from 'mongoose';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import { outboxOf, type OutboxRow } from '#libs/persistence/index.js';
import { testMongo } from '#libs/testing/servers/index.js';
import { OutboxWatch } from './outbox-watch.js';

const OURS = 'this-process';
let connection: Connection;
let watch: OutboxWatch;
const told: (string | null)[] = [];

beforeAll(async () => {
  const { uri } = await testMongo();
  connection = await mongoose.createConnection(uri).asPromise();
  watch = new OutboxWatch(connection, OURS, (id) => told.push(id));
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
  await outboxOf(connection).insertOne({ ...row, ...rest } as OutboxRow);
  return _id.toHexString();
}

it('tells of what other processes wrote, and not of what this one knows', async () => {
  // The stream opens a moment after it was asked for: until it tells of something, what is written may be missed.
  await waitUntil(async () => (await insert('another')) && told.some((id) => id !== null), {
    what: 'the open stream',
    deadlineMs: 10_000,
  });
  const own = await insert(OURS);
  const ofAnother = await insert('another');
  const ofAnOlderVersion = await insert(undefined);
  await waitUntil(() => told.includes(ofAnOlderVersion), { what: 'the last row', deadlineMs: 10_000 });
  expect(told).toContain(ofAnother);
  expect(told).not.toContain(own);
});
