import { createHash } from 'node:crypto';
import { startTestServers } from '#libs/testing/servers/index.js';
import { S3ObjectStore } from '#libs/adapters/object-store/s3/s3-object-store.js';
import { fetchRecording, MOST_RECORDING_BYTES } from './fetch-recording.js';

const BYTES = Buffer.from('RIFF and so on');

function recordingOf(bytes: Buffer, objectKey = 'rec.wav') {
  return {
    objectKey,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    sizeBytes: bytes.length,
    durationSeconds: 1,
    customerChannel: 1,
    language: 'en' as const,
  };
}

describe('fetchRecording', () => {
  let store: S3ObjectStore;

  beforeAll(async () => {
    const { s3 } = await startTestServers({ s3: true });
    store = new S3ObjectStore({ ...s3, forcePathStyle: true });
    await store.put({ key: 'rec.wav', body: BYTES, contentType: 'audio/wav' });
  });
  afterAll(() => store.close());

  it('gives the bytes that telephony stored', async () => {
    expect((await fetchRecording(store, recordingOf(BYTES))).equals(BYTES)).toBe(true);
  });

  it('gives no other bytes, whatever the store says of them', async () => {
    await expect(fetchRecording(store, recordingOf(Buffer.from('other')))).rejects.toMatchObject({
      code: 'checksum_mismatch',
    });
  });

  it('says when there are none', async () => {
    await expect(fetchRecording(store, recordingOf(BYTES, 'gone.wav'))).rejects.toMatchObject({ code: 'not_found' });
  });

  it('does not begin with what cannot be held', async () => {
    const huge = { ...recordingOf(BYTES), sizeBytes: MOST_RECORDING_BYTES + 1 };
    await expect(fetchRecording(store, huge)).rejects.toMatchObject({ code: 'too_large' });
  });
});
