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
  /** The words to search for. Other characters are treated as spaces. */
  @TextField({ max: 200 }) q!: string;
  /** The language used for stemming: "garages" finds "garage". Defaults to English. */
  @ChoiceField(LANGUAGES, { optional: true }) language?: Language;
  /** Only words spoken in `[from, to)`. */
  @InstantField({ optional: true }) from?: string;
  @InstantField({ optional: true }) to?: string;
  @IdField({ optional: true }) agentId?: string;
  @IdField({ optional: true }) customerId?: string;
  @ChoiceField(CALL_OUTCOMES, { optional: true }) outcome?: CallOutcome;
  @IntegerField({ min: 1, max: 100 }) limit!: number;
  @TextField({ optional: true, max: 1500 }) cursor?: string;
}

/** A span of a text in UTF-16 code units, as in `text.slice(start, end)`. */
export class TextSpan {
  @IntegerField({ min: 0 }) start!: number;
  @IntegerField({ min: 0 }) end!: number;
}

/** An excerpt of a transcript, as plain text. */
export class SearchSnippet {
  @TextField({ min: 0, max: 500 }) text!: string;
  @IntegerField({ min: 0, description: 'The position of the excerpt in the transcript, in UTF-16 code units.' })
  offset!: number;
  @ObjectListField(() => TextSpan, { maxItems: 50, description: 'The matched words within this excerpt.' })
  highlights!: TextSpan[];
}

/** A recording whose transcript or extracted instructions match the search. Access codes are masked. */
export class SearchHit {
  @IdField() recordingId!: string;
  @IdField() attemptId!: string;
  @IdField() deliveryId!: string;
  @IdField({ optional: true }) customerId?: string;
  @IdField({ optional: true, description: 'The agent to whom the delivery was last assigned.' }) agentId?: string;
  @ChoiceField(CALL_OUTCOMES, { optional: true }) outcome?: CallOutcome;
  @InstantField() spokenAt!: string;
  @ChoiceField(LANGUAGES) language!: Language;
  @NumberField({
    min: 0,
    description: 'The relevance. Higher is better. Scores are comparable only within one response.',
  })
  score!: number;
  @ObjectListField(() => SearchSnippet, { maxItems: 3 }) snippets!: SearchSnippet[];
  @TextField({ min: 0, max: 2000, description: 'The extracted instructions in words. They are searched as well.' })
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
  summary: 'Searches recordings by transcript, extracted instructions and meaning, and returns the best matches first.',
});
