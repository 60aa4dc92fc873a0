import { createHash } from 'node:crypto';
import { ObjectStoreError, type ObjectStore, type StoredObject } from '#libs/ports/object-store.js';
import type { TransferRecording, TransferredRecording } from '#libs/ports/recording-transfer.js';
import type { VoiceCarrier } from '#libs/ports/voice-carrier.js';

const WAV = 'audio/wav';

/** Implements `RecordingTransfer.transfer` for a carrier and an object store. */
export async function transferRecording(
  carrier: Pick<VoiceCarrier, 'downloadRecording'>,
  objects: ObjectStore,
  { carrierRecordingId: recordingId, channels, key, metadata }: TransferRecording,
): Promise<TransferredRecording> {
  const { stream } = await carrier.downloadRecording({ recordingId, channels });
  const stored = await objects.put({ key, body: stream, contentType: WAV, metadata });
  await verify(objects, stored);
  return stored;
}

/** Reads the object back to prove that it can be unsealed, because the carrier's copy is deleted afterwards. */
async function verify(objects: ObjectStore, { key, sha256 }: StoredObject): Promise<void> {
  const { stream } = await objects.get({ key });
  const hash = createHash('sha256');
  for await (const chunk of stream as AsyncIterable<Buffer>) hash.update(chunk);
  if (hash.digest('hex') === sha256) return;
  const message = `The content of ${key} differs from what was written. Transfer the recording again.`;
  throw new ObjectStoreError('checksum_mismatch', key, message);
}
