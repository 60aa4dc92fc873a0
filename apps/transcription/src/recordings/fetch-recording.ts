import { createHash } from 'node:crypto';
import type { StoredRecording } from '#libs/persistence/schemas/transcription/transcripts.js';
import { ObjectStoreError, type ObjectStore } from '#libs/ports/object-store.js';
import { RecordingUnusableError } from './recording-unusable-error.js';

/** An hour in two channels of 8 kHz, 16 bits, is 115 MB. */
export const MOST_RECORDING_BYTES = 128 * 1024 * 1024;

/**
 * The recording's bytes, which are those telephony stored or none: they are compared with the checksum of its event,
 * not with what the store says of itself.
 * @throws ObjectStoreError `not_found`, `checksum_mismatch`; RecordingUnusableError `too_large`; ProviderError
 */
export async function fetchRecording(store: ObjectStore, recording: StoredRecording): Promise<Buffer> {
  refuseTooLarge(recording.sizeBytes);
  const content = await store.get({ key: recording.objectKey });
  const chunks: Buffer[] = [];
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of content.stream as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    refuseTooLarge(bytes);
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

function refuseTooLarge(bytes: number): void {
  if (bytes <= MOST_RECORDING_BYTES) return;
  throw new RecordingUnusableError(
    'too_large',
    `The recording has ${bytes} bytes; at most ${MOST_RECORDING_BYTES} are taken into memory.`,
  );
}
