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
import { aggregateEvent, type AggregateEvent, type NewAggregate } from '#libs/persistence/aggregate-repository.js';
import type {
  StoredReview,
  StoredWords,
  TranscriptDocument,
} from '#libs/persistence/schemas/transcription/transcripts.js';
import { correctedInstructions } from './corrected-instructions.js';
import { reviewReasons } from './review-reasons.js';
import { transcribedPayload } from './transcribed-payload.js';
import type { UnderstoodWords } from '../instruction-analysis/instruction-analysis.module.js';

/** `waiting` for a recogniser, `transcribed` and waiting for the analyst; `understood` and `failed` are the ends. */
export const TRANSCRIPT_TRANSITIONS: Readonly<Record<TranscriptState, readonly TranscriptState[]>> = {
  waiting: ['transcribed', 'failed'],
  transcribed: ['understood', 'failed'],
  understood: [],
  failed: [],
};

/** A step of a transcript's life with what it tells the other apps; to be saved by one `save`. */
export interface TranscriptChange {
  readonly transcript: TranscriptDocument;
  readonly events: readonly AggregateEvent[];
}

/** Why a transcript ends without instructions. `code` is stable, `detail` is for people. */
export interface Failure {
  readonly code: string;
  readonly detail: string;
}

/** What follows from "the recording is stored". */
export function openTranscript(stored: RecordingStoredPayload, now: Date): NewAggregate<TranscriptDocument> {
  return {
    _id: stored.recordingId,
    attemptId: stored.attemptId,
    deliveryId: stored.deliveryId,
    state: 'waiting',
    failedTries: 0,
    recording: {
      objectKey: stored.objectKey,
      sha256: stored.sha256,
      sizeBytes: stored.sizeBytes,
      durationSeconds: stored.durationSeconds,
      customerChannel: stored.customerChannel,
      language: stored.language,
    },
    context: {
      zone: stored.zone,
      window: { start: new Date(stored.window.start), end: new Date(stored.window.end) },
      spokenAt: new Date(stored.spokenAt),
    },
    createdAt: now,
    updatedAt: now,
  };
}

/** @returns undefined when the words are there already or it ended: a repeat changes and tells nothing */
export function withWords(transcript: TranscriptDocument, words: StoredWords, now: Date): TranscriptChange | undefined {
  const payload = transcribedPayload(transcript, words);
  return step(
    transcript,
    'transcribed',
    { words, failedTries: 0 },
    now,
    aggregateEvent(RecordingTranscribed, payload, now),
  );
}

/** @returns undefined when the transcript does not wait for its analysis */
export function withInstructions(
  transcript: TranscriptDocument,
  { instructions, language, by: analyst }: UnderstoodWords,
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
  const event = aggregateEvent(InstructionsExtracted, payload, now);
  const reasons = reviewReasons(transcript.words, instructions);
  return step(transcript, 'understood', { instructions, analyst, ...opened(reasons, now) }, now, event);
}

const opened = (reasons: StoredReview['reasons'], openedAt: Date): { review?: StoredReview } =>
  reasons.length === 0 ? {} : { review: { state: 'open', reasons, openedAt } };

/** 0 before anything was understood, 1 as the analyst found it, more as persons corrected it. */
export const versionOf = ({ instructions, corrections }: TranscriptDocument): number =>
  corrections?.at(-1)?.version ?? (instructions ? 1 : 0);

/**
 * A person says what the customer said, of a recording that nobody could read, too. Ends its review.
 * @param by the user or API key
 * @returns undefined while it is still being understood
 */
export function withCorrection(
  transcript: TranscriptDocument,
  correction: Correction,
  by: string,
  now: Date,
): TranscriptChange | undefined {
  if (!hasEnded(transcript)) return undefined;
  const { instructions: before, words, review } = transcript;
  const { instructions, removed } = correctedInstructions(before, correction);
  const version = versionOf(transcript) + 1;
  const { note } = correction;
  const kept = { version, ...(before && { before }), by, at: now, ...(note !== undefined && { note }) };
  const payload = {
    attemptId: transcript.attemptId,
    deliveryId: transcript.deliveryId,
    recordingId: transcript._id,
    text: clipText(words?.text ?? '', 10_000),
    ...{ instructions, removed: [...removed], version, correctedBy: by },
  };
  return {
    transcript: {
      ...transcript,
      instructions,
      corrections: [...(transcript.corrections ?? []), kept],
      review: { openedAt: now, reasons: [], ...review, state: 'closed', closedAt: now },
      updatedAt: now,
    },
    events: [aggregateEvent(InstructionsCorrected, payload, now)],
  };
}

/**
 * @param stage what was being tried: a late failure of the recogniser must not end a transcript that has its words
 * @returns undefined when the transcript is past that stage
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
  const event = aggregateEvent(TranscriptionFailed, payload, now);
  const review = silent(code) ? {} : opened(['unreadable'], now);
  return step(transcript, 'failed', { failure: { code, detail }, ...review }, now, event);
}

/** Nothing was said: there is nothing to look at. */
const silent = (code: string): boolean => code === 'no_speech' || code === 'empty';

/** The present step failed so often and will be tried again. Nothing is told. */
export function withFailedTries(transcript: TranscriptDocument, failedTries: number, now: Date): TranscriptChange {
  return { transcript: { ...transcript, failedTries, updatedAt: now }, events: [] };
}

/** Nothing more can happen to it. */
export function hasEnded({ state }: Pick<TranscriptDocument, 'state'>): boolean {
  return TRANSCRIPT_TRANSITIONS[state].length === 0;
}

function step(
  transcript: TranscriptDocument,
  to: TranscriptState,
  learned: Partial<TranscriptDocument>,
  now: Date,
  event: AggregateEvent,
): TranscriptChange | undefined {
  if (!TRANSCRIPT_TRANSITIONS[transcript.state].includes(to)) return undefined;
  return { transcript: { ...transcript, ...learned, state: to, updatedAt: now }, events: [event] };
}
