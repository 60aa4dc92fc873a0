import { jest } from '@jest/globals';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import mongoose from 'mongoose';
import { ensureModel } from '#deploy/local/fetch/models.js';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import {
  splitInstructions,
  type EventEnvelope,
  type Finding,
  type InstructionsExtractedPayload,
  type RecordingStoredPayload,
  type RecordingTranscribedPayload,
} from '#libs/contracts/index.js';
import { connectMessaging } from '#libs/messaging/index.js';
import type { TranscriptDocument } from '../../apps/transcription/src/transcripts/transcripts.module.js';
import { loadConfig } from '#libs/platform/config/index.js';
import { startTestServers } from '#libs/testing/servers/index.js';
import { TEST_DATA_KEY } from '#libs/testing/data-keys.js';
import { TranscriptionConfig } from '../../apps/transcription/src/config/config.module.js';
import { MOST_TRIES } from '../../apps/transcription/src/recordings/recordings.module.js';
import { TranscriptionModule } from '../../apps/transcription/src/transcription.module.js';
import { MeshPeer, ORGANIZATION } from './mesh-peer.js';
import { dualChannelWav, silence, voice } from './recordings.js';

const TRANSCRIBED = 'transcription.recording.transcribed.v1';
const UNDERSTOOD = 'transcription.instructions.extracted.v1';
const FAILED = 'transcription.recording.failed.v1';

const subjects = (told: readonly EventEnvelope[]): string[] => told.map(({ subject }) => subject);

// Recognising is arithmetic: on a machine busy with other things it takes its time.
jest.setTimeout(90_000);

describe('transcription, over real servers and with real speech', () => {
  let app: NestFastifyApplication;
  let peer: MeshPeer;
  let database: mongoose.Connection;

  beforeAll(async () => {
    const { mongo, nats, redis, s3 } = await startTestServers({ mongo: true, nats: true, redis: true, s3: true });
    const config = loadConfig(TranscriptionConfig, {
      PORT: '0',
      LOG_LEVEL: 'fatal',
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
    });
    app = await NestFactory.create<NestFastifyApplication>(
      TranscriptionModule.forConfig(config),
      new FastifyAdapter(),
      { logger: false, abortOnError: false },
    );
    await connectMessaging(app);
    peer = await MeshPeer.connect(nats.url, s3);
    await peer.listen();
    database = await mongoose.createConnection(mongo.uri, { dbName: `${mongo.dbPrefix}_transcription` }).asPromise();
  }, 120_000);

  afterAll(async () => {
    await peer?.close();
    await app?.close();
    await database?.close();
  });

  async function rowOf({ recordingId }: RecordingStoredPayload): Promise<TranscriptDocument | null> {
    return database.collection<TranscriptDocument>('transcripts').findOne({ _id: recordingId });
  }

  it('hears the customer’s channel and not ours, and understands what is asked for', async () => {
    const ours = voice('leave-reception');
    const customer = voice('leave-garage');
    const recording = await peer.record(dualChannelWav(ours, customer));

    const told = await peer.endOf(recording);
    expect(subjects(told)).toEqual([TRANSCRIBED, UNDERSTOOD]);
    expect(told.map(({ sequence, organizationId }) => [sequence, organizationId])).toEqual([
      [1, ORGANIZATION],
      [2, ORGANIZATION],
    ]);
    const { attemptId, deliveryId, recordingId } = recording;
    const transcribed = told[0]?.payload as RecordingTranscribedPayload;
    expect(transcribed).toMatchObject({ attemptId, deliveryId, recordingId, provider: 'moonshine', language: 'en' });
    expect(transcribed.text).toMatch(/put it in the garage/i);
    expect(transcribed.text).not.toMatch(/desk/i);
    expect(told[1]?.payload).toMatchObject({
      provider: 'local',
      instructions: { safePlace: { value: 'garage', source: 'analysis' } },
    });
    expect(await rowOf(recording)).toMatchObject({ state: 'understood', sequence: 2, analyst: 'local' });
  });

  it('points into the transcript with every finding', async () => {
    const recording = await peer.record(dualChannelWav(silence(1), voice('leave-gate-code')));
    const [, understood] = await peer.endOf(recording);
    const { text, instructions } = understood?.payload as InstructionsExtractedPayload;
    expect(instructions.accessCode).toMatchObject({ value: '4271' });
    const findings: Finding[] = Object.values(splitInstructions(instructions).findings);
    for (const { evidence } of findings) expect(text.slice(evidence?.start, evidence?.end)).toBe(evidence?.text);
  });

  const speech = dualChannelWav(silence(1), voice('home'));
  it.each<[string, Buffer, object, string]>([
    ['what is no audio', Buffer.from('<html>502 Bad Gateway</html>'), {}, 'not_audio'],
    ['a header cut off', speech.subarray(0, 30), {}, 'not_audio'],
    ['a file of zero bytes', Buffer.alloc(0), {}, 'not_audio'],
    ['zero seconds of audio', dualChannelWav(silence(0), silence(0)), {}, 'empty'],
    ['silence', dualChannelWav(silence(3), silence(3)), {}, 'no_speech'],
    ['a customer who says nothing while we speak', dualChannelWav(voice('home'), silence(1)), {}, 'no_speech'],
    ['a language the recogniser does not know', speech, { language: 'es' }, 'unsupported_language'],
  ])('ends %s visibly, at once', async (_what, audio, options, failure) => {
    const recording = await peer.record(audio, options);
    const told = await peer.endOf(recording);
    expect(subjects(told)).toEqual([FAILED]);
    expect(told[0]).toMatchObject({ sequence: 1, payload: { recordingId: recording.recordingId, failure } });
    expect(await rowOf(recording)).toMatchObject({ state: 'failed', failure: { code: failure } });
  });

  it('takes what is there of a recording cut off in its samples', async () => {
    const whole = dualChannelWav(silence(1), voice('leave-garage'));
    const told = await peer.endOf(await peer.record(whole.subarray(0, Math.round(whole.length * 0.7))));
    expect(subjects(told)).toEqual([TRANSCRIBED, UNDERSTOOD]);
  });

  it('tries again when the store does not have the recording yet', async () => {
    const audio = dualChannelWav(silence(1), voice('hand-to-me'));
    const recording = await peer.record(audio, { withhold: true });
    await waitUntil(async () => ((await rowOf(recording))?.failedTries ?? 0) > 0, {
      what: 'the first try to fail',
      deadlineMs: 10_000,
    });
    expect(peer.toldOf(recording)).toEqual([]);
    await peer.put(recording, audio);
    expect(subjects(await peer.endOf(recording))).toEqual([TRANSCRIBED, UNDERSTOOD]);
  });

  it('gives up visibly a recording at which its process dies again and again', async () => {
    const recording = await peer.record(speech, { withhold: true });
    const work = { queue: 'transcription_queue', key: `transcribe.${recording.recordingId}` };
    const rows = database.collection('work');
    await waitUntil(async () => (await rows.findOne({ ...work, state: 'waiting', attempts: 0 })) !== null, {
      what: 'the first try to be put off',
      deadlineMs: 10_000,
    });
    // As its eighth dead process left it: claimed, with a lease that nobody renews.
    const abandoned = { state: 'running', attempts: MOST_TRIES, lease: { token: 'dead', until: new Date(0) } };
    await rows.updateOne(work, { $set: abandoned });
    const told = await peer.endOf(recording);
    expect(told).toMatchObject([{ subject: FAILED, payload: { failure: 'gave_up' } }]);
  });

  it('tells nothing twice of a recording it is told of twice', async () => {
    const recording = await peer.record(dualChannelWav(silence(1), voice('stop-calling')));
    await peer.tell(recording);
    const [, understood] = await peer.endOf(recording);
    expect(understood?.payload).toMatchObject({ instructions: { optOut: { value: true } } });
    await peer.tell(recording);
    // Events of one stream are handled in order where nothing fails: when the next one's end is told, this is handled.
    await peer.endOf(await peer.record(Buffer.from('no audio')));
    expect(subjects(peer.toldOf(recording))).toEqual([TRANSCRIBED, UNDERSTOOD]);
  });

  it('loses none of a burst', async () => {
    const audio = dualChannelWav(silence(0.5), voice('home'));
    const recordings = await Promise.all(Array.from({ length: 25 }, () => peer.record(audio)));
    const ends = await Promise.all(recordings.map((recording) => peer.endOf(recording)));
    expect(ends.map(subjects)).toEqual(recordings.map(() => [TRANSCRIBED, UNDERSTOOD]));
    const open = await database.collection('work').countDocuments({ state: { $ne: 'done' } });
    expect(open).toBe(0);
  });
});
