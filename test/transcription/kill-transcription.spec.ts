import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type mongoose from 'mongoose';
import { ensureModel } from '#deploy/local/fetch/models.js';
import { findFreePorts } from '#deploy/local/process/free-ports.js';
import { GuardedProcess } from '#deploy/local/process/guarded-process.js';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import { connectObserver, startTestServers } from '#libs/testing/servers/index.js';
import { TEST_DATA_KEY } from '#libs/testing/data-keys.js';
import { MeshPeer } from './mesh-peer.js';
import { dualChannelWav, silence, voice } from './recordings.js';

const MAIN = fileURLToPath(new URL('../../dist/apps/transcription/src/main.js', import.meta.url));
const RECORDINGS = 5;
const KILLS = 2;

/** Fifteen seconds of speech keep the recognizer busy for a second or two, so that a kill interrupts it. */
function createLongRecording(): Buffer {
  const sentences = ['leave-gate-code', 'leave-garage', 'beware-of-dog', 'home-after-six'];
  const parts = sentences.flatMap((id) => [voice(id), silence(1)]);
  const customer = Float32Array.from(parts.flatMap((part) => [...part]));
  return dualChannelWav(silence(1), customer);
}

describe('transcription that is killed while it works', () => {
  let folder: string;
  let peer: MeshPeer;
  let database: mongoose.Connection;
  let app: GuardedProcess;
  let environment: NodeJS.ProcessEnv;
  let port: number;
  const killedLeases = new Set<string>();

  beforeAll(async () => {
    if (!existsSync(MAIN)) throw new Error('This test kills the compiled app: build it first (npm run build).');
    folder = await mkdtemp(join(tmpdir(), 'delauto-transcription-'));
    const { mongo, nats, redis, s3 } = await startTestServers({ mongo: true, nats: true, redis: true, s3: true });
    [port = 0] = await findFreePorts(1);
    environment = {
      PATH: process.env['PATH'],
      PORT: String(port),
      MONGODB_URI: mongo.uri,
      CUSTOMER_DATA_KEY: TEST_DATA_KEY,
      NATS_URL: nats.url,
      REDIS_URL: redis.url,
      SPEECH_TO_TEXT: 'moonshine',
      SPEECH_MODEL_DIR: await ensureModel('moonshine-tiny-en'),
      INSTRUCTION_ANALYST: 'local',
      OBJECT_STORE: 's3',
      S3_ENDPOINT: s3.endpoint,
      S3_REGION: s3.region,
      S3_BUCKET: s3.bucket,
      S3_ACCESS_KEY_ID: s3.accessKeyId,
      S3_SECRET_ACCESS_KEY: s3.secretAccessKey,
      RECORDINGS_KEY: Buffer.alloc(32, 7).toString('base64'),
    };
    await startApp();
    peer = await MeshPeer.connect(nats.url, s3);
    await peer.listen();
    database = await connectObserver(mongo.uri, 'transcription');
    // The transaction of a killed process stays open, and writes to the same rows wait until MongoDB ends it, by
    // default after a minute. See docs/adr/0002-outbox.md.
    await database.getClient().db('admin').command({ setParameter: 1, transactionLifetimeLimitSeconds: 4 });
  });

  afterAll(async () => {
    app?.child.kill('SIGKILL');
    await app?.exited;
    await peer?.close();
    await database?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function startApp(): Promise<void> {
    const logFile = join(folder, 'app.log');
    app = await GuardedProcess.start(process.execPath, [MAIN], { env: environment, logFile });
    let hasExited = false;
    void app.exited.then(() => (hasExited = true));
    await waitUntil(async () => (await fetch(`http://127.0.0.1:${port}/health/ready`)).ok, {
      what: 'transcription to be ready',
      giveUp: () => {
        if (hasExited) throw new Error('transcription exited while it started; its log follows.');
      },
    }).catch(async (error: unknown) => {
      throw new Error(`${String(error)}\n${await readFile(logFile, 'utf8')}`, { cause: error });
    });
  }

  /**
   * Kills the app while the recognizer transcribes a recording that this process has claimed, before any result is
   * stored.
   */
  async function killDuringWork(): Promise<void> {
    const token = await waitUntil(
      async () => {
        const rows = await database.collection('work').find({ state: 'running' }).toArray();
        const leases = rows.map((row) => (row as unknown as { lease: { token: string } }).lease.token);
        return leases.find((lease) => !killedLeases.has(lease));
      },
      { what: 'a recording to be in progress', everyMs: 20 },
    );
    app.child.kill('SIGKILL');
    await app.exited;
    killedLeases.add(token);
  }

  it('loses no recording and publishes no event twice', async () => {
    const audio = createLongRecording();
    const recordings = await Promise.all(Array.from({ length: RECORDINGS }, () => peer.record(audio)));
    for (let kill = 0; kill < KILLS; kill++) {
      await killDuringWork();
      await startApp();
    }
    const eventsByRecording = await Promise.all(
      recordings.map((recording) => peer.waitUntilFinished(recording, 90_000)),
    );
    for (const events of eventsByRecording) {
      expect(events.map(({ subject, sequence }) => [sequence, subject])).toEqual([
        [1, 'transcription.recording.transcribed.v1'],
        [2, 'transcription.instructions.extracted.v1'],
      ]);
    }
    const ids = eventsByRecording.flat().map(({ id }) => id);
    expect(new Set(ids).size).toBe(2 * RECORDINGS);
    const states = await database.collection('transcripts').distinct('state');
    expect(states).toEqual(['understood']);
    // Checks that the kills interrupted work; otherwise this test would pass without a crash during work.
    const rows = await database.collection('work').find().toArray();
    const claims = rows.reduce((sum, row) => sum + (row['attempts'] as number), 0);
    expect(claims).toBeGreaterThan(RECORDINGS);
  });

  it('finishes the current recording on SIGTERM', async () => {
    const recording = await peer.record(createLongRecording());
    const findRunningWork = (): Promise<unknown> => database.collection('work').findOne({ state: 'running' });
    await waitUntil(async () => (await findRunningWork()) !== null, {
      what: 'a recording to be in progress',
      everyMs: 20,
    });
    app.child.kill('SIGTERM');
    // Nest ends itself with the received signal after all shutdown hooks have run.
    expect(await app.exited).toEqual({ code: null, signal: 'SIGTERM' });
    expect(await findRunningWork()).toBeNull();
    // A published event whose mark was lost is in both: it is published again, with the same id, and dropped.
    const publishedIds = peer.listEvents(recording).map(({ id }) => id);
    expect(new Set([...publishedIds, ...(await listUnsentIds(recording.recordingId))]).size).toBe(2);
  });

  /** The ids of the events of a recording that wait in the outbox. */
  async function listUnsentIds(aggregateId: string): Promise<string[]> {
    const rows = await database.collection('outbox').find({ aggregateId, unsent: true }).toArray();
    return rows.map(({ _id }) => _id.toHexString());
  }
});
