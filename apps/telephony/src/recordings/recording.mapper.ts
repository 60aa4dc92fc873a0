import type { Recording, RecordingViewState } from '#libs/contracts/index.js';
import type { RecordingDocument, RecordingState } from '#libs/persistence/schemas/telephony/recordings.js';

/** Public states. Whether the carrier still has a copy is not public. */
const VIEW_STATE: Readonly<Record<RecordingState, RecordingViewState>> = {
  reported: 'waiting',
  stored: 'stored',
  deleted_at_carrier: 'stored',
  missing: 'missing',
  expired: 'expired',
};

/** Maps a public state to the stored states that it stands for. */
export const toStoredStates = (view: RecordingViewState): RecordingState[] =>
  (Object.keys(VIEW_STATE) as RecordingState[]).filter((state) => VIEW_STATE[state] === view);

/** Maps a recording to its public representation, without its object key: audio is available only by signed links. */
export function toRecording(document: RecordingDocument): Recording {
  const { sizeBytes, sha256, storedAt } = document;
  return {
    recordingId: document._id,
    attemptId: document.attemptId,
    deliveryId: document.deliveryId,
    state: VIEW_STATE[document.state],
    durationSeconds: document.durationSeconds,
    channels: document.channels,
    ...(sizeBytes === undefined ? {} : { sizeBytes }),
    ...(sha256 === undefined ? {} : { sha256 }),
    createdAt: document.reportedAt.toISOString(),
    ...(storedAt === undefined ? {} : { storedAt: storedAt.toISOString() }),
    revision: document.revision,
  };
}
