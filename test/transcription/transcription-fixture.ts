import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type mongoose from 'mongoose';
import { ensureModel } from '#deploy/local/fetch/models.js';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import { S3ObjectStore } from '#libs/adapters/object-store/s3/s3-object-store.js';
import { RecordingStored } from '#libs/contracts/index.js';
import { connectMessaging } from '#libs/messaging/index.js';
import { loadConfig } from '#libs/platform/config/index.js';
import { ORGANIZATION, MeshDouble } from '#libs/testing/mesh/mesh-double.js';
import { connectObserver, startTestServers } from '#libs/testing/servers/index.js';
import { TEST_DATA_KEY } from '#libs/testing/data-keys.js';
import { TranscriptionConfig } from '../../apps/transcription/src/config/config.module.js';
import { TranscriptionModule } from '../../apps/transcription/src/transcription.module.js';
import { dualChannelWav, silence } from './recordings.js';

const window = { start: '2026-03-03T18:00:00Z', end: '2026-03-03T22:00:00Z' };

export interface SpokenRecording {
  readonly recordingId: string;
  readonly attemptId: string;
  readonly deliveryId: string;
  readonly organizationId: string;
}

/**
 * Transcription on real servers, with test doubles of the other apps. Transcripts are read from files instead of
 * recognized.
 */
export class TranscriptionFixture {
  private recordings = 0;

  private constructor(
    readonly mesh: MeshDouble,
    readonly database: mongoose.Connection,
    private readonly app: NestFastifyApplication,
    private readonly store: S3ObjectStore,
    private readonly folder: string,
  ) {}

  static async open(): Promise<TranscriptionFixture> {
    const { mongo, nats, redis, s3 } = await startTestServers({ mongo: true, nats: true, redis: true, s3: true });
    const folder = await mkdtemp(join(tmpdir(), 'delauto-transcribing-'));
    const config = loadConfig(TranscriptionConfig, {
      PORT: '0',
      LOG_LEVEL: 'fatal',
      MONGODB_URI: mongo.uri,
      CUSTOMER_DATA_KEY: TEST_DATA_KEY,
      NATS_URL: nats.url,
      REDIS_URL: redis.url,
      SPEECH_TO_TEXT: 'replay',
      REPLAY_TRANSCRIPTS_DIR: folder,
      INSTRUCTION_ANALYST: 'local',
      TEXT_EMBEDDER: 'local',
      EMBEDDING_MODEL_DIR: await ensureModel('minilm-l6-v2'),
      OBJECT_STORE: 's3',
      S3_ENDPOINT: s3.endpoint,
      S3_REGION: s3.region,
      S3_BUCKET: s3.bucket,
      S3_ACCESS_KEY_ID: s3.accessKeyId,
      S3_SECRET_ACCESS_KEY: s3.secretAccessKey,
      RECORDINGS_KEY: Buffer.alloc(32, 7).toString('base64'),
      TRANSCRIPTION_CONCURRENCY: '8',
    });
    const options = { logger: false, abortOnError: false } as const;
    const app = await NestFactory.create<NestFastifyApplication>(
      TranscriptionModule.forConfig(config),
      new FastifyAdapter(),
      options,
    );
    await connectMessaging(app);
    const mesh = await MeshDouble.open(nats.url, 'gateway');
    const store = new S3ObjectStore({ ...s3, forcePathStyle: true });
    const database = await connectObserver(mongo.uri, 'transcription');
    return new TranscriptionFixture(mesh, database, app, store, folder);
  }

  async close(): Promise<void> {
    await this.mesh.close();
    await this.app.close();
    await this.store.close();
    await this.database.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Publishes a recording with these words and waits until it is understood. */
  async say(
    text: string,
    options: { organizationId?: string; spokenAt?: string; language?: 'en' | 'es'; deliveryId?: string } = {},
  ): Promise<SpokenRecording> {
    const audio = dualChannelWav(silence(0.2), silence(0.2 + (this.recordings + 1) * 0.01));
    const sha256 = createHash('sha256').update(audio).digest('hex');
    await writeFile(join(this.folder, `${sha256}.txt`), text);
    const recording = await this.record(audio, options);
    await this.waitForState(recording, 'understood');
    return recording;
  }

  /** Publishes a recording with any content. */
  async record(
    audio: Buffer,
    options: { organizationId?: string; spokenAt?: string; language?: 'en' | 'es'; deliveryId?: string } = {},
  ): Promise<SpokenRecording> {
    this.recordings += 1;
    const ids = {
      recordingId: `rec_${String(this.recordings).padStart(24, '0')}`,
      attemptId: `att_${randomUUID()}`,
      deliveryId: options.deliveryId ?? `dlv_${randomUUID()}`,
    };
    const objectKey = `recordings/${ids.recordingId}.wav`;
    await this.store.put({ key: objectKey, body: audio, contentType: 'audio/wav' });
    const organizationId = options.organizationId ?? ORGANIZATION;
    const sha256 = createHash('sha256').update(audio).digest('hex');
    const payload = {
      ...ids,
      objectKey,
      sha256,
      sizeBytes: audio.length,
      durationSeconds: 1,
      customerChannel: 1,
      language: options.language ?? ('en' as const),
      zone: 'America/Chicago',
      window,
      spokenAt: options.spokenAt ?? '2026-03-02T15:00:00Z',
    };
    await this.mesh.publish(RecordingStored, { aggregateId: ids.recordingId, organizationId, payload });
    return { ...ids, organizationId };
  }

  async waitForState({ recordingId }: SpokenRecording, state: 'understood' | 'failed'): Promise<void> {
    const transcripts = this.database.collection<{ _id: string; state: string }>('transcripts');
    await waitUntil(async () => (await transcripts.findOne({ _id: recordingId }))?.state === state, {
      what: `${recordingId} to be ${state}`,
    });
  }
}
