import { TRANSCRIPT_STATES, type TranscriptState } from '#libs/domain/transcripts/transcript.values.js';
import {
  ChoiceField,
  ChoiceListField,
  IdField,
  InstantField,
  IntegerField,
  NumberField,
  ObjectField,
  ObjectListField,
  TextField,
} from '../fields/index.js';
import { defineQuery } from '../kernel/index.js';
import { Instructions, LANGUAGES, type Language } from '../values/index.js';
import { TimedSegment } from './events.js';

/** The states of a review. */
export const REVIEW_STATES = ['open', 'closed'] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];
/**
 * Why a person should review a recording: it could not be transcribed, the speech recognizer or the instruction analyst
 * was not confident, or the customer asked for a person.
 */
export const REVIEW_REASONS = [
  'unreadable',
  'unsure_words',
  'unsure_finding',
  'asks_for_person',
  'unclear_words',
  'unconfirmed_decision',
] as const;
export type ReviewReason = (typeof REVIEW_REASONS)[number];

/** The review of a transcript by a person. */
export class Review {
  @ChoiceField(REVIEW_STATES) state!: ReviewState;
  @ChoiceListField(REVIEW_REASONS, { maxItems: 4 }) reasons!: ReviewReason[];
  @InstantField() openedAt!: string;
  @InstantField({ optional: true }) closedAt?: string;
}

/** Why a recording has no transcript or no instructions. */
export class TranscriptFailure {
  @TextField({ max: 60 }) code!: string;
  @TextField({ max: 500 }) detail!: string;
}

/**
 * The transcript of a recording and the instructions extracted from it. Access codes are masked character by character,
 * so that offsets stay valid. Only the agent who has the delivery can read them.
 */
export class Transcript {
  @IdField() recordingId!: string;
  @IdField() attemptId!: string;
  @IdField() deliveryId!: string;
  @ChoiceField(TRANSCRIPT_STATES) state!: TranscriptState;
  @TextField({ optional: true, min: 0, max: 10_000 }) text?: string;
  @ChoiceField(LANGUAGES, { optional: true }) language?: Language;
  @ObjectListField(() => TimedSegment, { maxItems: 500 }) segments!: TimedSegment[];
  @NumberField({
    optional: true,
    min: 0,
    max: 1,
    description:
      'The confidence of speech recognition, averaged over all segments and weighted by their length. Absent if there are no segments.',
  })
  confidence?: number;
  @TextField({ optional: true, max: 60, description: 'The speech-to-text provider.' }) provider?: string;
  @TextField({ optional: true, max: 100 }) model?: string;
  @ObjectField(() => Instructions, { optional: true }) instructions?: Instructions;
  @TextField({ optional: true, max: 60, description: 'The analyst that extracted the instructions.' }) analyst?: string;
  @ObjectField(() => TranscriptFailure, { optional: true, description: 'Why no instructions could be extracted.' })
  failure?: TranscriptFailure;
  @IntegerField({
    min: 0,
    description:
      'Version of the instructions: 0 before extraction, 1 as extracted by the analyst, and incremented by every correction.',
  })
  version!: number;
  @TextField({ optional: true, max: 60, description: 'The user or API key that made the last correction.' })
  correctedBy?: string;
  @TextField({ optional: true, max: 500, description: 'The note of the last correction, for colleagues.' })
  note?: string;
  @ObjectField(() => Review, {
    optional: true,
    description: 'The review. Present if a person should review or has reviewed the recording.',
  })
  review?: Review;
  @InstantField() createdAt!: string;
  @InstantField() updatedAt!: string;
  @IntegerField({ min: 1 }) revision!: number;
}

export class GetTranscriptRequest {
  @IdField() recordingId!: string;
  /** The agent who wants to read it. Agents may read only transcripts of their own deliveries. */
  @IdField({ optional: true }) agentId?: string;
}

export const GetTranscriptRpc = defineQuery({
  subject: 'rpc.transcription.transcript.get.v1',
  request: GetTranscriptRequest,
  reply: Transcript,
  callers: ['gateway'],
  summary: 'Returns the transcript of a recording, with the extracted instructions.',
});
