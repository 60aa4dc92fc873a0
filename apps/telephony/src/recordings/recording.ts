import {
  RecordingExpired,
  RecordingMissing,
  RecordingStored,
  type CallRequestedPayload,
  type RecordingStoredPayload,
} from '#libs/contracts/index.js';
import { aggregateEvent, type AggregateEvent, type NewAggregate } from '#libs/persistence/index.js';
import type { RecordingDocument } from '#libs/persistence/schemas/telephony/recordings.js';
import type { CarrierRecording } from '#libs/ports/voice-carrier.js';

/** Work about one recording. */
export interface RecordingWork {
  readonly recordingId: string;
}

export interface RecordedCall {
  readonly attemptId: string;
  readonly deliveryId: string;
  readonly request: Pick<CallRequestedPayload, 'language' | 'zone' | 'window'>;
  /** When somebody picked up. */
  readonly answeredAt: Date;
}

export interface ReportedRecording {
  readonly carrierRecordingId: string;
  readonly channels: 1 | 2;
  readonly durationSeconds: number;
}

/** The carrier's word of a recording, in its listing or its callback, as we keep it. */
export const toReportedRecording = ({
  recordingId: carrierRecordingId,
  channels,
  durationSeconds,
}: Pick<CarrierRecording, 'recordingId' | 'channels' | 'durationSeconds'>): ReportedRecording => ({
  carrierRecordingId,
  channels,
  durationSeconds: Math.round(durationSeconds ?? 0),
});

export function reportedRecording(
  _id: string,
  { attemptId, deliveryId }: Pick<RecordedCall, 'attemptId' | 'deliveryId'>,
  recording: ReportedRecording,
  now: Date,
): NewAggregate<RecordingDocument> {
  return { _id, attemptId, deliveryId, state: 'reported', ...recording, reportedAt: now };
}

/** The knowledge that an answered call has no recording, and its event. */
export function missingRecording(
  _id: string,
  { attemptId, deliveryId }: Pick<RecordedCall, 'attemptId' | 'deliveryId'>,
  reason: string,
  now: Date,
): { readonly recording: NewAggregate<RecordingDocument>; readonly events: AggregateEvent[] } {
  return {
    recording: { _id, attemptId, deliveryId, state: 'missing', channels: 2, durationSeconds: 0, reportedAt: now },
    events: [aggregateEvent(RecordingMissing, { attemptId, deliveryId, reason }, now)],
  };
}

/** A recording whose audio is deleted; that there was one, and what was understood of it, stays. */
export function expiredRecording(
  { objectKey: _gone, ...recording }: RecordingDocument,
  now: Date,
): { readonly recording: RecordingDocument; readonly events: AggregateEvent[] } {
  const { _id: recordingId, attemptId, deliveryId } = recording;
  return {
    recording: { ...recording, state: 'expired', expiredAt: now },
    events: [aggregateEvent(RecordingExpired, { attemptId, deliveryId, recordingId }, now)],
  };
}

/** Where a recording lies: by organisation, so that one can be exported or erased whole, and by month. */
export function objectKeyOf({ organizationId, _id, reportedAt }: RecordingDocument): string {
  const [year, month] = reportedAt.toISOString().split('-', 2);
  return `recordings/${organizationId}/${year}/${month}/${_id}.wav`;
}

/**
 * Twilio puts the called party of an outbound call on the first channel of two; a recording with one channel has only
 * that.
 */
const CUSTOMER_CHANNEL = 0;

export function storedRecording(
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
    events: [aggregateEvent(RecordingStored, payload, now)],
  };
}
