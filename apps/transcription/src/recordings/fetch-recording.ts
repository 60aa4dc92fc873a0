import { createHash } from 'node:crypto';
import type { StoredRecording } from '#libs/persistence/schemas/transcription/transcripts.js';
import { ObjectStoreError, type ObjectStore } from '#libs/ports/object-store.js';
import { RecordingUnusableError } from './recording-unusable-error.js';

/** Maximum size of a recording in bytes. One hour in two channels of 16-bit samples at 8 kHz is 115 MB. */
export const MAX_RECORDING_BYTES = 128 * 1024 * 1024;

/**
 * Fetches the bytes of a recording into memory. They are verified against the checksum in telephony's event, not
 * against the metadata of the object store.
 * @throws ObjectStoreError `not_found`, `checksum_mismatch`; RecordingUnusableError `too_large`; ProviderError
 */
export async function fetchRecording(store: ObjectStore, recording: StoredRecording): Promise<Buffer> {
  assertSize(recording.sizeBytes);
  const content = await store.get({ key: recording.objectKey });
  const chunks: Buffer[] = [];
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of content.stream as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    assertSize(bytes);
    hash.update(chunk);
    chunks.push(chunk);
  }
  const sha256 = hash.digest('hex');
  if (sha256 !== recording.sha256) {
    throw new ObjectStoreError(
      'checksum_mismatch',
      recording.objectKey,
      `${recording.objectKey} holds ${bytes} bytes with SHA-256 ${sha256}; telephony stored ${recording.sha256}.`,
    );
  }
  return Buffer.concat(chunks, bytes);
}

function assertSize(bytes: number): void {
  if (bytes <= MAX_RECORDING_BYTES) return;
  throw new RecordingUnusableError(
    'too_large',
    `The recording has ${bytes} bytes; at most ${MAX_RECORDING_BYTES} are loaded into memory.`,
  );
}
