import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type mongoose from 'mongoose';
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
import { connectObserver, startTestServers } from '#libs/testing/servers/index.js';
import { TEST_DATA_KEY } from '#libs/testing/data-keys.js';
import { TranscriptionConfig } from '../../apps/transcription/src/config/config.module.js';
import { MAX_TRIES } from '../../apps/transcription/src/recordings/recordings.module.js';
import { TranscriptionModule } from '../../apps/transcription/src/transcription.module.js';
import { MeshPeer, ORGANIZATION } from './mesh-peer.js';
import { dualChannelWav, silence, voice } from './recordings.js';

const TRANSCRIBED = 'transcription.recording.transcribed.v1';
const UNDERSTOOD = 'transcription.instructions.extracted.v1';
const FAILED = 'transcription.recording.failed.v1';

const listSubjects = (events: readonly EventEnvelope[]): string[] => events.map(({ subject }) => subject);

describe('transcription, on real servers and with real speech', () => {
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
    database = await connectObserver(mongo.uri, 'transcription');
  });

  afterAll(async () => {
    await peer?.close();
    await app?.close();
    await database?.close();
  });

  async function readTranscript({ recordingId }: RecordingStoredPayload): Promise<TranscriptDocument | null> {
    return database.collection<TranscriptDocument>('transcripts').findOne({ _id: recordingId });
  }

  it('transcribes only the customer’s channel, and extracts the instructions', async () => {
    const productChannel = voice('leave-reception');
    const customer = voice('leave-garage');
    const recording = await peer.record(dualChannelWav(productChannel, customer));

    const events = await peer.waitUntilFinished(recording);
    expect(listSubjects(events)).toEqual([TRANSCRIBED, UNDERSTOOD]);
    expect(events.map(({ sequence, organizationId }) => [sequence, organizationId])).toEqual([
      [1, ORGANIZATION],
      [2, ORGANIZATION],
    ]);
    const { attemptId, deliveryId, recordingId } = recording;
    const transcribed = events[0]?.payload as RecordingTranscribedPayload;
    expect(transcribed).toMatchObject({ attemptId, deliveryId, recordingId, provider: 'moonshine', language: 'en' });
    expect(transcribed.text).toMatch(/put it in the garage/i);
    expect(transcribed.text).not.toMatch(/desk/i);
    expect(events[1]?.payload).toMatchObject({
      provider: 'local',
      instructions: { safePlace: { value: 'garage', source: 'analysis' } },
    });
    expect(await readTranscript(recording)).toMatchObject({ state: 'understood', sequence: 2, analyst: 'local' });
  });

  it('returns the evidence in the transcript for every finding', async () => {
    const recording = await peer.record(dualChannelWav(silence(1), voice('leave-gate-code')));
    const [, understood] = await peer.waitUntilFinished(recording);
    const { text, instructions } = understood?.payload as InstructionsExtractedPayload;
    expect(instructions.accessCode).toMatchObject({ value: '4271' });
    const findings: Finding[] = Object.values(splitInstructions(instructions).findings);
    for (const { evidence } of findings) expect(text.slice(evidence?.start, evidence?.end)).toBe(evidence?.text);
  });

  const speech = dualChannelWav(silence(1), voice('home'));
  it.each<[string, Buffer, object, string]>([
    ['data that is not audio', Buffer.from('<html>502 Bad Gateway</html>'), {}, 'not_audio'],
    ['a truncated header', speech.subarray(0, 30), {}, 'not_audio'],
    ['a file of zero bytes', Buffer.alloc(0), {}, 'not_audio'],
    ['zero seconds of audio', dualChannelWav(silence(0), silence(0)), {}, 'empty'],
    ['silence', dualChannelWav(silence(3), silence(3)), {}, 'no_speech'],
    ['a customer who is silent while the product speaks', dualChannelWav(voice('home'), silence(1)), {}, 'no_speech'],
    ['a language that the recognizer does not support', speech, { language: 'es' }, 'unsupported_language'],
  ])('reports %s as failed at once', async (_what, audio, options, failure) => {
    const recording = await peer.record(audio, options);
    const events = await peer.waitUntilFinished(recording);
    expect(listSubjects(events)).toEqual([FAILED]);
    expect(events[0]).toMatchObject({ sequence: 1, payload: { recordingId: recording.recordingId, failure } });
    expect(await readTranscript(recording)).toMatchObject({ state: 'failed', failure: { code: failure } });
  });

  it('transcribes the existing part of a truncated recording', async () => {
    const whole = dualChannelWav(silence(1), voice('leave-garage'));
    const events = await peer.waitUntilFinished(await peer.record(whole.subarray(0, Math.round(whole.length * 0.7))));
    expect(listSubjects(events)).toEqual([TRANSCRIBED, UNDERSTOOD]);
  });

  it('retries if the recording is not yet in the store', async () => {
    const audio = dualChannelWav(silence(1), voice('hand-to-me'));
    const recording = await peer.record(audio, { skipStore: true });
    await waitUntil(async () => ((await readTranscript(recording))?.failedTries ?? 0) > 0, {
      what: 'the first attempt to fail',
    });
    expect(peer.listEvents(recording)).toEqual([]);
    await peer.put(recording, audio);
    expect(listSubjects(await peer.waitUntilFinished(recording))).toEqual([TRANSCRIBED, UNDERSTOOD]);
  });

  it('reports a recording as failed if it repeatedly kills the process', async () => {
    const recording = await peer.record(speech, { skipStore: true });
    const work = { queue: 'transcription_queue', key: `transcribe.${recording.recordingId}` };
    const rows = database.collection('work');
    await waitUntil(async () => (await rows.findOne({ ...work, state: 'waiting', attempts: 0 })) !== null, {
      what: 'the first attempt to be postponed',
    });
    // The state after the eighth crashed process: claimed, with an expired lease.
    const abandoned = { state: 'running', attempts: MAX_TRIES, lease: { token: 'expired', until: new Date(0) } };
    await rows.updateOne(work, { $set: abandoned });
    const events = await peer.waitUntilFinished(recording);
    expect(events).toMatchObject([{ subject: FAILED, payload: { failure: 'gave_up' } }]);
  });

  it('publishes each event once for a recording that was published twice', async () => {
    const recording = await peer.record(dualChannelWav(silence(1), voice('stop-calling')));
    await peer.publish(recording);
    const [, understood] = await peer.waitUntilFinished(recording);
    expect(understood?.payload).toMatchObject({ instructions: { optOut: { value: true } } });
    await peer.publish(recording);
    // Events of one stream are handled in order if nothing fails. When the next recording has ended, the repeated event
    // has been handled.
    await peer.waitUntilFinished(await peer.record(Buffer.from('no audio')));
    expect(listSubjects(peer.listEvents(recording))).toEqual([TRANSCRIBED, UNDERSTOOD]);
  });

  it('loses no recording of a burst', async () => {
    const audio = dualChannelWav(silence(0.5), voice('home'));
    const recordings = await Promise.all(Array.from({ length: 25 }, () => peer.record(audio)));
    const ends = await Promise.all(recordings.map((recording) => peer.waitUntilFinished(recording)));
    expect(ends.map(listSubjects)).toEqual(recordings.map(() => [TRANSCRIBED, UNDERSTOOD]));
    const open = await database.collection('work').countDocuments({ state: { $ne: 'done' } });
    expect(open).toBe(0);
  });
});
