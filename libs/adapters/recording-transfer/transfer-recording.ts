import { createHash } from 'node:crypto';
import { ObjectStoreError, type ObjectStore, type StoredObject } from '#libs/ports/object-store.js';
import type { TransferRecording, TransferredRecording } from '#libs/ports/recording-transfer.js';
import type { VoiceCarrier } from '#libs/ports/voice-carrier.js';

const WAV = 'audio/wav';

/** As `RecordingTransfer.transfer`, over these two. */
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

/** Reads it back, and so knows that it can be opened, too: the carrier's copy goes after this. */
async function verify(objects: ObjectStore, { key, sha256 }: StoredObject): Promise<void> {
  const { stream } = await objects.get({ key });
  const hash = createHash('sha256');
  for await (const chunk of stream as AsyncIterable<Buffer>) hash.update(chunk);
  if (hash.digest('hex') === sha256) return;
  const message = `${key} is not in the store as it was written; it is stored again.`;
  throw new ObjectStoreError('checksum_mismatch', key, message);
}
