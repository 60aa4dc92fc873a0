import {
  RecordingExpired,
  RecordingMissing,
  RecordingStored,
  type CallRequestedPayload,
  type RecordingStoredPayload,
} from '#libs/contracts/index.js';
import { createAggregateEvent, type AggregateEvent, type NewAggregate } from '#libs/persistence/index.js';
import type { RecordingDocument } from '#libs/persistence/schemas/telephony/recordings.js';
import type { CarrierRecording } from '#libs/ports/voice-carrier.js';

/** Payload of work items about one recording. */
export interface RecordingWork {
  readonly recordingId: string;
}

/** The call that a recording belongs to. */
export interface RecordedCall {
  readonly attemptId: string;
  readonly deliveryId: string;
  readonly request: Pick<CallRequestedPayload, 'language' | 'zone' | 'window'>;
  /** Time of the answer; if it is unknown, the time when the carrier reported the recording. */
  readonly answeredAt: Date;
}

/** A recording as the carrier reports it. */
export interface ReportedRecording {
  readonly carrierRecordingId: string;
  readonly channels: 1 | 2;
  readonly durationSeconds: number;
}

/** Maps a recording from the carrier's listing or callback. */
export const toReportedRecording = ({
  recordingId: carrierRecordingId,
  channels,
  durationSeconds,
}: Pick<CarrierRecording, 'recordingId' | 'channels' | 'durationSeconds'>): ReportedRecording => ({
  carrierRecordingId,
  channels,
  durationSeconds: Math.round(durationSeconds ?? 0),
});

/** Builds the document of a recording that the carrier has reported and that is not downloaded yet. */
export function toRecordingDocument(
  _id: string,
  { attemptId, deliveryId }: Pick<RecordedCall, 'attemptId' | 'deliveryId'>,
  recording: ReportedRecording,
  now: Date,
): NewAggregate<RecordingDocument> {
  return { _id, attemptId, deliveryId, state: 'reported', ...recording, reportedAt: now };
}

/** Builds the document and the event for an answered call without a recording. */
export function toMissingRecording(
  _id: string,
  { attemptId, deliveryId }: Pick<RecordedCall, 'attemptId' | 'deliveryId'>,
  reason: string,
  now: Date,
): { readonly recording: NewAggregate<RecordingDocument>; readonly events: AggregateEvent[] } {
  return {
    recording: { _id, attemptId, deliveryId, state: 'missing', channels: 2, durationSeconds: 0, reportedAt: now },
    events: [createAggregateEvent(RecordingMissing, { attemptId, deliveryId, reason }, now)],
  };
}

/** Marks a recording as expired: its audio is deleted. Its document, transcript and instructions stay. */
export function toExpiredRecording(
  { objectKey: _objectKey, ...recording }: RecordingDocument,
  now: Date,
): { readonly recording: RecordingDocument; readonly events: AggregateEvent[] } {
  const { _id: recordingId, attemptId, deliveryId } = recording;
  return {
    recording: { ...recording, state: 'expired', expiredAt: now },
    events: [createAggregateEvent(RecordingExpired, { attemptId, deliveryId, recordingId }, now)],
  };
}

/**
 * Derives the object key of a recording: by organization, so that all recordings of one organization can be exported or
 * erased, and by month.
 */
export function toObjectKey({ organizationId, _id, reportedAt }: RecordingDocument): string {
  const [year, month] = reportedAt.toISOString().split('-', 2);
  return `recordings/${organizationId}/${year}/${month}/${_id}.wav`;
}

/**
 * Twilio records the called party of an outbound call on the first of two channels. A recording with one channel has
 * only channel 0.
 */
const CUSTOMER_CHANNEL = 0;

/** Marks a recording as stored in the object store. */
export function toStoredRecording(
  recording: RecordingDocument,
  call: RecordedCall,
  object: { readonly key: string; readonly sha256: string; readonly size: number },
  now: Date,
): { readonly recording: RecordingDocument; readonly events: AggregateEvent[] } {
  const { language, zone, window } = call.request;
  const payload: RecordingStoredPayload = {
    attemptId: call.attemptId,
    deliveryId: call.deliveryId,
    recordingId: recording._id,
    objectKey: object.key,
    sha256: object.sha256,
    sizeBytes: object.size,
    durationSeconds: recording.durationSeconds,
    customerChannel: CUSTOMER_CHANNEL,
    language,
    zone,
    window,
    spokenAt: call.answeredAt.toISOString(),
  };
  const { key: objectKey, sha256, size: sizeBytes } = object;
  return {
    recording: { ...recording, state: 'stored', objectKey, sha256, sizeBytes, storedAt: now },
    events: [createAggregateEvent(RecordingStored, payload, now)],
  };
}
