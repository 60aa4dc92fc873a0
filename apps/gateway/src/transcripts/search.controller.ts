import { Controller } from '@nestjs/common';
import {
  CALL_OUTCOMES,
  ChoiceField,
  IdField,
  InstantField,
  IntegerField,
  LANGUAGES,
  SearchPage,
  SearchTranscriptsRpc,
  TextField,
  type CallOutcome,
  type Language,
} from '#libs/contracts/index.js';
import { RpcClient } from '#libs/messaging/index.js';
import { AsCaller, Caller, ContractQuery, Operation } from '../requests/requests.module.js';

const DEFAULT_PAGE_SIZE = 20;

class SearchQuery {
  @TextField({ max: 200, description: 'The words to find; all other characters are treated as spaces.' }) q!: string;
  @ChoiceField(LANGUAGES, {
    optional: true,
    description: 'The language whose word forms are matched. Default: English.',
  })
  language?: Language;
  @InstantField({ optional: true, description: 'Spoken at this instant or later.' }) from?: string;
  @InstantField({ optional: true, description: 'Spoken before this instant.' }) to?: string;
  @IdField({ optional: true }) agentId?: string;
  @IdField({ optional: true }) customerId?: string;
  @ChoiceField(CALL_OUTCOMES, { optional: true }) outcome?: CallOutcome;
  @IntegerField({ optional: true, min: 1, max: 100 }) limit?: number;
  @TextField({ optional: true, max: 1500 }) cursor?: string;
}

/** Full-text search in the transcripts of recordings. */
@Controller('v1/search')
export class SearchController {
  constructor(private readonly rpc: RpcClient) {}

  @Operation('GET', '', {
    id: 'search',
    summary: 'Searches recordings by what customers said and the instructions understood from it, best match first.',
    description:
      'An entry ranks higher the more of the words it contains. Excerpts come with the offsets of the matching words. ' +
      'Access codes are masked and cannot be found.',
    access: 'search:read',
    query: SearchQuery,
    reply: SearchPage,
  })
  search(@ContractQuery(SearchQuery) query: SearchQuery, @AsCaller() caller: Caller): Promise<SearchPage> {
    return this.rpc.call(SearchTranscriptsRpc, { ...query, limit: query.limit ?? DEFAULT_PAGE_SIZE }, caller.options);
  }
}
