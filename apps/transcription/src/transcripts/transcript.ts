import { clipText } from '#libs/contracts/fields/index.js';
import {
  InstructionsCorrected,
  InstructionsExtracted,
  RecordingTranscribed,
  TranscriptionFailed,
  type Correction,
  type RecordingStoredPayload,
} from '#libs/contracts/index.js';
import type { TranscriptState } from '#libs/domain/transcripts/transcript.values.js';
import {
  createAggregateEvent,
  type AggregateEvent,
  type NewAggregate,
} from '#libs/persistence/aggregate-repository.js';
import type {
  StoredReview,
  StoredWords,
  TranscriptDocument,
} from '#libs/persistence/schemas/transcription/transcripts.js';
import { applyCorrection } from './corrected-instructions.js';
import { findReviewReasons } from './review-reasons.js';
import { toTranscribedPayload } from './transcribed-payload.js';
import type { ExtractedInstructions } from '../instruction-analysis/instruction-analysis.module.js';

/**
 * Permitted transitions. In `waiting` the recognizer is due, in `transcribed` the analyst. `understood` and `failed`
 * are final.
 */
export const TRANSCRIPT_TRANSITIONS: Readonly<Record<TranscriptState, readonly TranscriptState[]>> = {
  waiting: ['transcribed', 'failed'],
  transcribed: ['understood', 'failed'],
  understood: [],
  failed: [],
};

/** A change of a transcript and the events to publish with it. Both are saved by one `save`. */
export interface TranscriptChange {
  readonly transcript: TranscriptDocument;
  readonly events: readonly AggregateEvent[];
}

/**
 * The reason why a transcript ended without instructions. `code` is stable for programs; `detail` is a readable text.
 */
export interface Failure {
  readonly code: string;
  readonly detail: string;
}

/** Builds the transcript of a stored recording. */
export function openTranscript(recording: RecordingStoredPayload, now: Date): NewAggregate<TranscriptDocument> {
  return {
    _id: recording.recordingId,
    attemptId: recording.attemptId,
    deliveryId: recording.deliveryId,
    state: 'waiting',
    failedTries: 0,
    recording: {
      objectKey: recording.objectKey,
      sha256: recording.sha256,
      sizeBytes: recording.sizeBytes,
      durationSeconds: recording.durationSeconds,
      customerChannel: recording.customerChannel,
      language: recording.language,
    },
    context: {
      zone: recording.zone,
      window: { start: new Date(recording.window.start), end: new Date(recording.window.end) },
      spokenAt: new Date(recording.spokenAt),
    },
    createdAt: now,
    updatedAt: now,
  };
}

/**
 * Stores the recognized words.
 * @returns undefined if the transcript already has its words or has ended, so that a repeated call has no
 *   effect
 */
export function withWords(transcript: TranscriptDocument, words: StoredWords, now: Date): TranscriptChange | undefined {
  const payload = toTranscribedPayload(transcript, words);
  return transition(
    transcript,
    'transcribed',
    { words, failedTries: 0 },
    now,
    createAggregateEvent(RecordingTranscribed, payload, now),
  );
}

/**
 * Stores the extracted instructions, and opens a review if they are uncertain.
 * @returns undefined unless the transcript is waiting for its analysis
 */
export function withInstructions(
  transcript: TranscriptDocument,
  { instructions, language, by: analyst }: ExtractedInstructions,
  now: Date,
): TranscriptChange | undefined {
  const payload = {
    attemptId: transcript.attemptId,
    deliveryId: transcript.deliveryId,
    recordingId: transcript._id,
    text: clipText(transcript.words?.text ?? '', 10_000),
    instructions,
    language,
    provider: analyst,
  };
  const event = createAggregateEvent(InstructionsExtracted, payload, now);
  const reasons = findReviewReasons(transcript.words, instructions);
  return transition(transcript, 'understood', { instructions, analyst, ...openReview(reasons, now) }, now, event);
}

const openReview = (reasons: StoredReview['reasons'], openedAt: Date): { review?: StoredReview } =>
  reasons.length === 0 ? {} : { review: { state: 'open', reasons, openedAt } };

/** Version of the instructions: 0 before they are extracted, 1 as extracted, incremented by each correction. */
export const toVersion = ({ instructions, corrections }: TranscriptDocument): number =>
  corrections?.at(-1)?.version ?? (instructions ? 1 : 0);

/**
 * Applies a correction by a dispatcher, also to a recording that could not be transcribed. Closes the review.
 * @param by id of the user or API key that corrects
 * @returns undefined while the transcript is still being processed
 */
export function withCorrection(
  transcript: TranscriptDocument,
  correction: Correction,
  by: string,
  now: Date,
): TranscriptChange | undefined {
  if (!hasEnded(transcript)) return undefined;
  const { instructions: before, words, review } = transcript;
  const { instructions, removed } = applyCorrection(before, correction);
  const version = toVersion(transcript) + 1;
  const { note } = correction;
  const record = { version, ...(before && { before }), by, at: now, ...(note !== undefined && { note }) };
  const payload = {
    attemptId: transcript.attemptId,
    deliveryId: transcript.deliveryId,
    recordingId: transcript._id,
    text: clipText(words?.text ?? '', 10_000),
    instructions,
    removed: [...removed],
    version,
    correctedBy: by,
  };
  return {
    transcript: {
      ...transcript,
      instructions,
      corrections: [...(transcript.corrections ?? []), record],
      review: { openedAt: now, reasons: [], ...review, state: 'closed', closedAt: now },
      updatedAt: now,
    },
    events: [createAggregateEvent(InstructionsCorrected, payload, now)],
  };
}

/**
 * Ends the transcript as failed.
 * @param stage the step that failed: a late failure of the recognizer must not end a transcript that has its words
 * @returns undefined if the transcript is past that stage
 */
export function withFailure(
  transcript: TranscriptDocument,
  stage: 'waiting' | 'transcribed',
  failure: Failure,
  now: Date,
): TranscriptChange | undefined {
  if (transcript.state !== stage) return undefined;
  const { code } = failure;
  const detail = clipText(failure.detail === '' ? code : failure.detail, 500);
  const payload = {
    attemptId: transcript.attemptId,
    deliveryId: transcript.deliveryId,
    recordingId: transcript._id,
    failure: code,
    detail,
  };
  const event = createAggregateEvent(TranscriptionFailed, payload, now);
  const review = isSilent(code) ? {} : openReview(['unreadable'], now);
  return transition(transcript, 'failed', { failure: { code, detail }, ...review }, now, event);
}

/** Whether the recording is silent, so that there is nothing to review. */
const isSilent = (code: string): boolean => code === 'no_speech' || code === 'empty';

/** Records the failed tries of the current step, which is retried. Publishes no event. */
export function withFailedTries(transcript: TranscriptDocument, failedTries: number, now: Date): TranscriptChange {
  return { transcript: { ...transcript, failedTries, updatedAt: now }, events: [] };
}

/** Whether the transcript is in a final state. */
export function hasEnded({ state }: Pick<TranscriptDocument, 'state'>): boolean {
  return TRANSCRIPT_TRANSITIONS[state].length === 0;
}

function transition(
  transcript: TranscriptDocument,
  to: TranscriptState,
  fields: Partial<TranscriptDocument>,
  now: Date,
  event: AggregateEvent,
): TranscriptChange | undefined {
  if (!TRANSCRIPT_TRANSITIONS[transcript.state].includes(to)) return undefined;
  return { transcript: { ...transcript, ...fields, state: to, updatedAt: now }, events: [event] };
}
