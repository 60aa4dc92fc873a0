import { Schema } from 'mongoose';
import type { AggregateDocument } from '../../aggregate-repository.js';

/** The states of a recording, from the carrier’s report to its deletion in DelAuto’s storage. */
export const RECORDING_STATES = ['reported', 'stored', 'deleted_at_carrier', 'missing', 'expired'] as const;
export type RecordingState = (typeof RECORDING_STATES)[number];

/** Telephony's aggregate: one recording of a call, or the record that the call has no recording. */
export interface RecordingDocument extends AggregateDocument {
  attemptId: string;
  deliveryId: string;
  /** Absent when the call has no recording. */
  carrierRecordingId?: string;
  state: RecordingState;
  channels: 1 | 2;
  durationSeconds: number;
  objectKey?: string;
  sha256?: string;
  sizeBytes?: number;
  reportedAt: Date;
  storedAt?: Date;
  expiredAt?: Date;
}

export const recordingSchema = new Schema<RecordingDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    revision: { type: Number, required: true },
    sequence: { type: Number, required: true },
    attemptId: { type: String, required: true },
    deliveryId: { type: String, required: true },
    carrierRecordingId: String,
    state: { type: String, enum: RECORDING_STATES, required: true },
    channels: { type: Number, required: true },
    durationSeconds: { type: Number, required: true },
    objectKey: String,
    sha256: String,
    sizeBytes: Number,
    reportedAt: { type: Date, required: true },
    storedAt: Date,
    expiredAt: Date,
  },
  { collection: 'recordings', versionKey: false },
);

// Finds the recording of a repeated callback.
recordingSchema.index(
  { carrierRecordingId: 1 },
  { unique: true, partialFilterExpression: { carrierRecordingId: { $type: 'string' } } },
);
recordingSchema.index({ organizationId: 1, attemptId: 1 });
// Lists of recordings, latest first: all, by delivery, and by state.
const LATEST_FIRST = { reportedAt: -1, _id: -1 } as const;
recordingSchema.index({ organizationId: 1, ...LATEST_FIRST });
recordingSchema.index({ organizationId: 1, deliveryId: 1, ...LATEST_FIRST });
recordingSchema.index({ organizationId: 1, state: 1, ...LATEST_FIRST });
