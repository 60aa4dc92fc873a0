import {
  ChoiceField,
  IdField,
  IntegerField,
  NumberField,
  ObjectField,
  ObjectListField,
  TextField,
  TextListField,
} from '../fields/index.js';
import { defineEvent } from '../kernel/index.js';
import { Instructions, LANGUAGES, type Language } from '../values/index.js';
import { CallFact } from '../telephony/call.js';

export class TranscriptSegment {
  @IntegerField({ min: 0 }) startMs!: number;
  @IntegerField({ min: 0 }) endMs!: number;
  @TextField({ min: 0, max: 5000 }) text!: string;
  @NumberField({ min: 0, max: 1 }) confidence!: number;
}

export class TimedWord {
  @TextField({ min: 0, max: 200 }) text!: string;
  @IntegerField({ min: 0 }) startMs!: number;
  @IntegerField({ min: 0 }) endMs!: number;
}

export class TimedSegment extends TranscriptSegment {
  @ObjectListField(() => TimedWord, {
    optional: true,
    maxItems: 2000,
    description: 'Where each word lies, if the recogniser tells it; left out where a code is covered.',
  })
  words?: TimedWord[];
}

export class RecordingTranscribedPayload extends CallFact {
  @IdField() recordingId!: string;
  @TextField({ min: 0, max: 10_000 }) text!: string;
  @ChoiceField(LANGUAGES) language!: Language;
  @ObjectListField(() => TranscriptSegment, { maxItems: 500 }) segments!: TranscriptSegment[];
  /** Which recogniser made it. */
  @TextField({ max: 60 }) provider!: string;
  @TextField({ max: 100 }) model!: string;
}

/** A recording nobody can read: a visible end, never an endless retry. */
export class TranscriptionFailedPayload extends CallFact {
  @IdField() recordingId!: string;
  @TextField({ max: 60 }) failure!: string;
  @TextField({ max: 500 }) detail!: string;
}

export class InstructionsExtractedPayload extends CallFact {
  /** Whose words they are: a recording's, or a text message's. */
  @IdField({ optional: true }) recordingId?: string;
  @IdField({ optional: true }) messageId?: string;
  @TextField({ min: 0, max: 10_000 }) text!: string;
  @ObjectField(() => Instructions) instructions!: Instructions;
  @ChoiceField(LANGUAGES, { optional: true, description: 'Spoken or written, as far as the words show it.' })
  language?: Language;
  @TextField({ max: 60 }) provider!: string;
}

/** What a person made of the customer's words. */
export class InstructionsCorrectedPayload extends CallFact {
  @IdField() recordingId!: string;
  @TextField({ min: 0, max: 10_000 }) text!: string;
  /** The whole, as it counts from now on. */
  @ObjectField(() => Instructions) instructions!: Instructions;
  /** Fields of which the customer said nothing after all. */
  @TextListField({ maxItems: 20 }) removed!: string[];
  @IntegerField({ min: 1 }) version!: number;
  /** The user or API key. */
  @TextField({ max: 60 }) correctedBy!: string;
}

export const RecordingTranscribed = defineEvent({
  subject: 'transcription.recording.transcribed.v1',
  payload: RecordingTranscribedPayload,
  consumers: ['analytics', 'gateway'],
  sealed: true,
  summary: 'The customer’s words as text.',
});
export const TranscriptionFailed = defineEvent({
  subject: 'transcription.recording.failed.v1',
  payload: TranscriptionFailedPayload,
  consumers: ['routing', 'analytics', 'gateway'],
  summary: 'The recording cannot be understood, and why.',
});
export const InstructionsExtracted = defineEvent({
  subject: 'transcription.instructions.extracted.v1',
  payload: InstructionsExtractedPayload,
  consumers: ['routing', 'analytics', 'gateway'],
  sealed: true,
  summary: 'The customer’s words as structured instructions.',
});
export const InstructionsCorrected = defineEvent({
  subject: 'transcription.instructions.corrected.v1',
  payload: InstructionsCorrectedPayload,
  consumers: ['routing', 'analytics'],
  sealed: true,
  summary: 'A person said what the customer’s words mean.',
});
