import {
  ChoiceField,
  IdField,
  InstantField,
  IntegerField,
  NumberField,
  ObjectListField,
  TextField,
} from '../fields/index.js';
import { defineQuery } from '../kernel/index.js';
import { CALL_OUTCOMES, type CallOutcome } from '../telephony/call.js';
import { LANGUAGES, type Language } from '../values/index.js';

export class SearchRequest {
  /** Words; whatever else stands in it is read as a space. */
  @TextField({ max: 200 }) q!: string;
  /** Whose word forms are understood: "garages" finds "garage". English unless said otherwise. */
  @ChoiceField(LANGUAGES, { optional: true }) language?: Language;
  /** Spoken in `[from, to)`. */
  @InstantField({ optional: true }) from?: string;
  @InstantField({ optional: true }) to?: string;
  @IdField({ optional: true }) agentId?: string;
  @IdField({ optional: true }) customerId?: string;
  @ChoiceField(CALL_OUTCOMES, { optional: true }) outcome?: CallOutcome;
  @IntegerField({ min: 1, max: 100 }) limit!: number;
  @TextField({ optional: true, max: 1500 }) cursor?: string;
}

/** A span of a text in UTF-16 units: `text.slice(start, end)`. */
export class TextSpan {
  @IntegerField({ min: 0 }) start!: number;
  @IntegerField({ min: 0 }) end!: number;
}

/** A piece of the transcript, as plain text. */
export class SearchSnippet {
  @TextField({ min: 0, max: 500 }) text!: string;
  @IntegerField({ min: 0, description: 'Where it begins in the transcript.' }) offset!: number;
  @ObjectListField(() => TextSpan, { maxItems: 50, description: 'The words that were looked for, within this piece.' })
  highlights!: TextSpan[];
}

/** A recording whose words, or what was understood of them, hold what was looked for. Access codes are covered. */
export class SearchHit {
  @IdField() recordingId!: string;
  @IdField() attemptId!: string;
  @IdField() deliveryId!: string;
  @IdField({ optional: true }) customerId?: string;
  @IdField({ optional: true, description: 'The agent the delivery was given to last.' }) agentId?: string;
  @ChoiceField(CALL_OUTCOMES, { optional: true }) outcome?: CallOutcome;
  @InstantField() spokenAt!: string;
  @ChoiceField(LANGUAGES) language!: Language;
  @NumberField({ min: 0, description: 'Higher is better; comparable within one answer only.' }) score!: number;
  @ObjectListField(() => SearchSnippet, { maxItems: 3 }) snippets!: SearchSnippet[];
  @TextField({ min: 0, max: 2000, description: 'What was understood, in words; it is searched, too.' })
  wishes!: string;
}

export class SearchPage {
  @ObjectListField(() => SearchHit, { maxItems: 100 }) items!: SearchHit[];
  @TextField({ optional: true, max: 1500 }) nextCursor?: string;
}

export const SearchTranscriptsRpc = defineQuery({
  subject: 'rpc.transcription.search.find.v1',
  request: SearchRequest,
  reply: SearchPage,
  callers: ['gateway'],
  summary: 'Recordings by the customer’s words, what was understood of them and what they mean, best first.',
});
