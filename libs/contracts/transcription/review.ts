import {
  ChoiceField,
  ChoiceListField,
  FlagField,
  IdField,
  IntegerField,
  ObjectField,
  ObjectListField,
  TextField,
} from '../fields/index.js';
import { defineCommand, defineQuery } from '../kernel/index.js';
import { HANDLINGS, HAZARDS, Recipient, Reschedule, SAFE_PLACES, TimeWindow } from '../values/index.js';
import { REVIEW_STATES, Transcript, type ReviewState } from './transcript.js';

/** A corrected safe place. */
export class CorrectedPlace {
  @ChoiceField(SAFE_PLACES) value!: (typeof SAFE_PLACES)[number];
  @TextField({ optional: true, max: 500, description: 'The place in the customer’s own words.' }) text?: string;
}

/**
 * Corrected instructions from a person who read or heard the customer's words. An absent field confirms the extracted
 * value. `null` states that the customer did not mention it. A correction without fields confirms everything.
 */
export class Correction {
  @FlagField({ optional: true, nullable: true }) present?: boolean | null;
  @ObjectListField(() => TimeWindow, { optional: true, nullable: true, maxItems: 20 }) availability?:
    TimeWindow[] | null;
  @ObjectListField(() => TimeWindow, { optional: true, nullable: true, maxItems: 20 }) unavailable?:
    TimeWindow[] | null;
  @ObjectField(() => CorrectedPlace, { optional: true, nullable: true }) safePlace?: CorrectedPlace | null;
  @TextField({
    optional: true,
    nullable: true,
    max: 20,
    pattern: /^[0-9A-Z*#]+$/,
    patternMeaning: 'the keys to press',
    example: '4521',
  })
  accessCode?: string | null;
  @ObjectField(() => Recipient, { optional: true, nullable: true }) recipient?: Recipient | null;
  @ObjectField(() => Reschedule, { optional: true, nullable: true }) reschedule?: Reschedule | null;
  @FlagField({ optional: true, nullable: true }) refused?: boolean | null;
  @FlagField({ optional: true, nullable: true }) optOut?: boolean | null;
  @FlagField({ optional: true, nullable: true }) callAhead?: boolean | null;
  @ChoiceListField(HAZARDS, { optional: true, nullable: true }) hazards?: (typeof HAZARDS)[number][] | null;
  @ChoiceListField(HANDLINGS, { optional: true, nullable: true }) handling?: (typeof HANDLINGS)[number][] | null;
  @FlagField({ optional: true, nullable: true }) needsHuman?: boolean | null;
  @IntegerField({ optional: true, min: 1, max: 5 }) complexity?: number;
  @TextField({ optional: true, max: 500, description: 'A note for colleagues. It is not shown to the agent.' })
  note?: string;
}

export class CorrectInstructionsRequest {
  @IdField() recordingId!: string;
  @IntegerField({ optional: true, min: 1 }) expectedRevision?: number;
  @ObjectField(() => Correction) correction!: Correction;
}

export class ListReviewsRequest {
  @IntegerField({ min: 1, max: 50 }) limit!: number;
  @TextField({ optional: true, max: 300 }) cursor?: string;
  @ChoiceField(REVIEW_STATES) state!: ReviewState;
}

export class TranscriptPage {
  @ObjectListField(() => Transcript, {
    maxItems: 50,
    description: 'The transcripts, without segments. Retrieve a transcript to get its segments.',
  })
  items!: Transcript[];
  @TextField({ optional: true, max: 300 }) nextCursor?: string;
}

export class ExportExamplesRequest {
  @IntegerField({ min: 1, max: 25 }) limit!: number;
  @TextField({ optional: true, max: 300 }) cursor?: string;
}

/** One line of an evaluation set, as `npm run eval:analysis -- --set FILE` reads it. */
export class Example {
  @IdField() id!: string;
  @TextField({ max: 20_000, description: 'The line as JSON. Access codes are masked in it and not evaluated.' })
  line!: string;
}

export class ExamplePage {
  @ObjectListField(() => Example, { maxItems: 25 }) items!: Example[];
  @TextField({ optional: true, max: 300 }) nextCursor?: string;
}

export const ListReviewsRpc = defineQuery({
  subject: 'rpc.transcription.review.list.v1',
  request: ListReviewsRequest,
  reply: TranscriptPage,
  callers: ['gateway'],
  summary: 'Lists transcripts for review in pages, longest waiting first.',
});

export const CorrectInstructionsRpc = defineCommand({
  subject: 'rpc.transcription.instructions.correct.v1',
  request: CorrectInstructionsRequest,
  reply: Transcript,
  errors: ['transcript_not_ready'],
  callers: ['gateway'],
  summary: 'Corrects or confirms the instructions of a recording. The result applies from then on.',
});

export const ExportExamplesRpc = defineQuery({
  subject: 'rpc.transcription.example.list.v1',
  request: ExportExamplesRequest,
  reply: ExamplePage,
  callers: ['gateway'],
  summary: 'Exports confirmed and corrected instructions as an evaluation set.',
});
