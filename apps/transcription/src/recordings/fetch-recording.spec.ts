import { createHash } from 'node:crypto';
import { startTestServers } from '#libs/testing/servers/index.js';
import { S3ObjectStore } from '#libs/adapters/object-store/s3/s3-object-store.js';
import { fetchRecording, MAX_RECORDING_BYTES } from './fetch-recording.js';

const BYTES = Buffer.from('RIFF and so on');

function toRecording(bytes: Buffer, objectKey = 'rec.wav') {
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

  it('returns the bytes that telephony stored', async () => {
    expect((await fetchRecording(store, toRecording(BYTES))).equals(BYTES)).toBe(true);
  });

  it('rejects bytes whose checksum differs from telephony’s', async () => {
    await expect(fetchRecording(store, toRecording(Buffer.from('other')))).rejects.toMatchObject({
      code: 'checksum_mismatch',
    });
  });

  it('fails with not_found if the object does not exist', async () => {
    await expect(fetchRecording(store, toRecording(BYTES, 'missing.wav'))).rejects.toMatchObject({ code: 'not_found' });
  });

  it('rejects a recording that is too large before reading it', async () => {
    const oversized = { ...toRecording(BYTES), sizeBytes: MAX_RECORDING_BYTES + 1 };
    await expect(fetchRecording(store, oversized)).rejects.toMatchObject({ code: 'too_large' });
  });
});
