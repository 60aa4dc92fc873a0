import {
  ChoiceField,
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
import { TranscriptSegment } from './events.js';

/** `waiting` for the recogniser, `transcribed` and waiting for the analyst; `understood` and `failed` are the ends. */
export const TRANSCRIPT_VIEW_STATES = ['waiting', 'transcribed', 'understood', 'failed'] as const;
export type TranscriptViewState = (typeof TRANSCRIPT_VIEW_STATES)[number];

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
  @ChoiceField(TRANSCRIPT_VIEW_STATES) state!: TranscriptViewState;
  @TextField({ optional: true, min: 0, max: 10_000 }) text?: string;
  @ChoiceField(LANGUAGES, { optional: true }) language?: Language;
  @ObjectListField(() => TranscriptSegment, { maxItems: 500 }) segments!: TranscriptSegment[];
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
  @InstantField() createdAt!: string;
  @InstantField() updatedAt!: string;
  @IntegerField({ min: 1 }) revision!: number;
}

export class GetTranscriptRequest {
  @IdField() recordingId!: string;
  /** An agent who wants to read it: they may only read what concerns a delivery that is with them. */
  @IdField({ optional: true }) agentId?: string;
}

export const GetTranscript = defineQuery({
  subject: 'rpc.transcription.transcript.get.v1',
  request: GetTranscriptRequest,
  reply: Transcript,
  callers: ['gateway'],
  summary: 'One recording as text, with what was understood of it.',
});
