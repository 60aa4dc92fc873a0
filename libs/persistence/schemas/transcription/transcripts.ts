import { Schema } from 'mongoose';
import type { Instructions, Language, ReviewReason, ReviewState, TimedSegment } from '#libs/contracts/index.js';
import type { AggregateDocument } from '../../aggregate-repository.js';
import { TRANSCRIPT_STATES, type TranscriptState } from '#libs/domain/transcripts/transcript.values.js';
import { SEALED } from '../../sealed-fields.js';

/**
 * The location and the format of the audio. Copied from telephony's event, so that transcription does not have to
 * request them.
 */
export interface StoredRecording {
  objectKey: string;
  sha256: string;
  sizeBytes: number;
  durationSeconds: number;
  customerChannel: number;
  language: Language;
}

/** The time zone, the window and the instant of speaking, to which times that the customer mentions are relative. */
export interface SpokenContext {
  zone: string;
  window: { start: Date; end: Date };
  spokenAt: Date;
}

/** The complete transcript. Events contain it truncated to the limits of their contract. */
export interface StoredWords {
  text: string;
  language: Language;
  segments: TimedSegment[];
  /** Sections with sound that the speech recognizer could not transcribe. */
  unintelligible: { startMs: number; endMs: number }[];
  durationMs: number;
  provider: string;
  model: string;
}

/** The review of a transcript by a dispatcher. */
export interface StoredReview {
  state: ReviewState;
  reasons: ReviewReason[];
  openedAt: Date;
  closedAt?: Date;
}

/** A correction of the instructions by a dispatcher. */
export interface StoredCorrection {
  /** The version that the correction created. */
  version: number;
  /** The instructions before the correction. */
  before?: Instructions;
  /** The id of the dispatcher. */
  by: string;
  at: Date;
  note?: string;
}

/** Transcription's aggregate: the transcription and analysis of one recording. `_id` is the recording's id. */
export interface TranscriptDocument extends AggregateDocument {
  attemptId: string;
  deliveryId: string;
  state: TranscriptState;
  /** Failed attempts of the current step before its work was last rescheduled. */
  failedTries: number;
  recording: StoredRecording;
  context: SpokenContext;
  /** Present from state `transcribed` on, also after a failed analysis. */
  words?: StoredWords;
  instructions?: Instructions;
  analyst?: string;
  /** Oldest first. */
  corrections?: StoredCorrection[];
  review?: StoredReview;
  /** Why the transcription ended without instructions. */
  failure?: { code: string; detail: string };
  createdAt: Date;
  updatedAt: Date;
}

const recordingSchema = new Schema(
  {
    objectKey: { type: String, required: true },
    sha256: { type: String, required: true },
    sizeBytes: { type: Number, required: true },
    durationSeconds: { type: Number, required: true },
    customerChannel: { type: Number, required: true },
    language: { type: String, required: true },
  },
  { _id: false },
);

const contextSchema = new Schema(
  {
    zone: { type: String, required: true },
    window: { start: { type: Date, required: true }, end: { type: Date, required: true } },
    spokenAt: { type: Date, required: true },
  },
  { _id: false },
);

export const transcriptSchema = new Schema<TranscriptDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    revision: { type: Number, required: true },
    sequence: { type: Number, required: true },
    attemptId: { type: String, required: true },
    deliveryId: { type: String, required: true },
    state: { type: String, enum: TRANSCRIPT_STATES, required: true },
    failedTries: { type: Number, required: true },
    recording: { type: recordingSchema, required: true },
    context: { type: contextSchema, required: true },
    words: SEALED,
    instructions: SEALED,
    analyst: { type: String },
    corrections: SEALED,
    review: { type: Schema.Types.Mixed },
    failure: { type: new Schema({ code: String, detail: String }, { _id: false }) },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'transcripts', versionKey: false, minimize: false },
);

transcriptSchema.index({ organizationId: 1, deliveryId: 1, createdAt: -1 });
transcriptSchema.index(
  { organizationId: 1, 'review.state': 1, 'review.openedAt': 1, _id: 1 },
  { partialFilterExpression: { 'review.state': { $exists: true } } },
);
