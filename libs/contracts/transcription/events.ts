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

/** A section of speech. Times are milliseconds from the start of the recording. */
export class TranscriptSegment {
  @IntegerField({ min: 0 }) startMs!: number;
  @IntegerField({ min: 0 }) endMs!: number;
  @TextField({ min: 0, max: 5000 }) text!: string;
  @NumberField({ min: 0, max: 1 }) confidence!: number;
}

/** A word. Times are milliseconds from the start of the recording. */
export class TimedWord {
  @TextField({ min: 0, max: 200 }) text!: string;
  @IntegerField({ min: 0 }) startMs!: number;
  @IntegerField({ min: 0 }) endMs!: number;
}

/** A section of speech with the times of its words. */
export class TimedSegment extends TranscriptSegment {
  @ObjectListField(() => TimedWord, {
    optional: true,
    maxItems: 2000,
    description:
      'The position of each word, if the speech recognizer reports it. Absent if the segment contains a masked access code.',
  })
  words?: TimedWord[];
}

export class RecordingTranscribedPayload extends CallFact {
  @IdField() recordingId!: string;
  @TextField({ min: 0, max: 10_000 }) text!: string;
  @ChoiceField(LANGUAGES) language!: Language;
  @ObjectListField(() => TranscriptSegment, { maxItems: 500 }) segments!: TranscriptSegment[];
  /** The speech-to-text provider. */
  @TextField({ max: 60 }) provider!: string;
  @TextField({ max: 100 }) model!: string;
}

/** A recording that cannot be transcribed. It ends in this visible failure instead of being retried endlessly. */
export class TranscriptionFailedPayload extends CallFact {
  @IdField() recordingId!: string;
  @TextField({ max: 60 }) failure!: string;
  @TextField({ max: 500 }) detail!: string;
}

export class InstructionsExtractedPayload extends CallFact {
  /** The source of the words: either a recording or a text message. */
  @IdField({ optional: true }) recordingId?: string;
  @IdField({ optional: true }) messageId?: string;
  @TextField({ min: 0, max: 10_000 }) text!: string;
  @ObjectField(() => Instructions) instructions!: Instructions;
  @ChoiceField(LANGUAGES, {
    optional: true,
    description: 'The language of the words. Absent if it could not be detected.',
  })
  language?: Language;
  @TextField({ max: 60 }) provider!: string;
}

/** Instructions as corrected by a person. */
export class InstructionsCorrectedPayload extends CallFact {
  @IdField() recordingId!: string;
  @TextField({ min: 0, max: 10_000 }) text!: string;
  /** The complete instructions that apply from now on. */
  @ObjectField(() => Instructions) instructions!: Instructions;
  /** Fields that the customer did not mention after all. */
  @TextListField({ maxItems: 20 }) removed!: string[];
  @IntegerField({ min: 1 }) version!: number;
  /** ID of the user or API key. */
  @TextField({ max: 60 }) correctedBy!: string;
}

export const RecordingTranscribed = defineEvent({
  subject: 'transcription.recording.transcribed.v1',
  payload: RecordingTranscribedPayload,
  consumers: ['analytics', 'gateway'],
  sealed: true,
  summary: 'A recording was transcribed.',
});
export const TranscriptionFailed = defineEvent({
  subject: 'transcription.recording.failed.v1',
  payload: TranscriptionFailedPayload,
  consumers: ['routing', 'analytics', 'gateway'],
  summary: 'A recording cannot be transcribed, for the given reason.',
});
export const InstructionsExtracted = defineEvent({
  subject: 'transcription.instructions.extracted.v1',
  payload: InstructionsExtractedPayload,
  consumers: ['routing', 'analytics', 'gateway'],
  sealed: true,
  summary: 'Structured instructions were extracted from the customer’s words.',
});
export const InstructionsCorrected = defineEvent({
  subject: 'transcription.instructions.corrected.v1',
  payload: InstructionsCorrectedPayload,
  consumers: ['routing', 'analytics'],
  sealed: true,
  summary: 'A person corrected the instructions extracted from the customer’s words.',
});
