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

export const REVIEW_STATES = ['open', 'closed'] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];
/**
 * Why a person should look: nobody could read it, the recogniser or the analyst was unsure, or the customer's words ask
 * for a person.
 */
export const REVIEW_REASONS = ['unreadable', 'unsure_words', 'unsure_finding', 'asks_for_person'] as const;
export type ReviewReason = (typeof REVIEW_REASONS)[number];

export class Review {
  @ChoiceField(REVIEW_STATES) state!: ReviewState;
  @ChoiceListField(REVIEW_REASONS, { maxItems: 4 }) reasons!: ReviewReason[];
  @InstantField() openedAt!: string;
  @InstantField({ optional: true }) closedAt?: string;
}

export class TranscriptFailure {
  @TextField({ max: 60 }) code!: string;
  @TextField({ max: 500 }) detail!: string;
}

/**
 * One recording as text, and what was understood. Access codes are covered in it, character by character, so that offsets
 * stay true; only the agent who has the delivery reads them.
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
    description: 'The recogniser’s, over all segments, each weighed by its length; absent without segments.',
  })
  confidence?: number;
  @TextField({ optional: true, max: 60, description: 'Which recogniser made it.' }) provider?: string;
  @TextField({ optional: true, max: 100 }) model?: string;
  @ObjectField(() => Instructions, { optional: true }) instructions?: Instructions;
  @TextField({ optional: true, max: 60, description: 'Who found the instructions.' }) analyst?: string;
  @ObjectField(() => TranscriptFailure, { optional: true, description: 'Why it ended without instructions.' })
  failure?: TranscriptFailure;
  @IntegerField({
    min: 0,
    description: '0 before anything was understood, 1 as the analyst found it, more as persons corrected it.',
  })
  version!: number;
  @TextField({ optional: true, max: 60, description: 'The user or API key that corrected it last.' })
  correctedBy?: string;
  @TextField({ optional: true, max: 500, description: 'What they noted for colleagues.' }) note?: string;
  @ObjectField(() => Review, { optional: true, description: 'Present where a person should look, or has looked.' })
  review?: Review;
  @InstantField() createdAt!: string;
  @InstantField() updatedAt!: string;
  @IntegerField({ min: 1 }) revision!: number;
}

export class GetTranscriptRequest {
  @IdField() recordingId!: string;
  /** An agent who wants to read it: they may only read what concerns a delivery that is with them. */
  @IdField({ optional: true }) agentId?: string;
}

export const GetTranscriptRpc = defineQuery({
  subject: 'rpc.transcription.transcript.get.v1',
  request: GetTranscriptRequest,
  reply: Transcript,
  callers: ['gateway'],
  summary: 'One recording as text, with what was understood of it.',
});
