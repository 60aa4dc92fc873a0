import type { Recording, RecordingViewState } from '#libs/contracts/index.js';
import type { RecordingDocument, RecordingState } from '#libs/persistence/schemas/telephony/recordings.js';

/** Whether the carrier still has a copy is nobody's concern. */
const VIEW: Readonly<Record<RecordingState, RecordingViewState>> = {
  reported: 'waiting',
  stored: 'stored',
  deleted_at_carrier: 'stored',
  missing: 'missing',
  expired: 'expired',
};

export const statesSeenAs = (view: RecordingViewState): RecordingState[] =>
  (Object.keys(VIEW) as RecordingState[]).filter((state) => VIEW[state] === view);

/** A recording as others see it: where it lies is told to nobody, links are. */
export function toRecording(document: RecordingDocument): Recording {
  const { sizeBytes, sha256, storedAt } = document;
  return {
    recordingId: document._id,
    attemptId: document.attemptId,
    deliveryId: document.deliveryId,
    state: VIEW[document.state],
    durationSeconds: document.durationSeconds,
    channels: document.channels,
    ...(sizeBytes === undefined ? {} : { sizeBytes }),
    ...(sha256 === undefined ? {} : { sha256 }),
    createdAt: document.reportedAt.toISOString(),
    ...(storedAt === undefined ? {} : { storedAt: storedAt.toISOString() }),
    revision: document.revision,
  };
}
