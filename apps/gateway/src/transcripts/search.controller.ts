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

const DEFAULT_PAGE = 20;

class SearchQuery {
  @TextField({ max: 200, description: 'Words; whatever else stands in it is read as a space.' }) q!: string;
  @ChoiceField(LANGUAGES, { optional: true, description: 'Whose word forms are understood; English by default.' })
  language?: Language;
  @InstantField({ optional: true, description: 'Spoken at this instant or later.' }) from?: string;
  @InstantField({ optional: true, description: 'Spoken before this instant.' }) to?: string;
  @IdField({ optional: true }) agentId?: string;
  @IdField({ optional: true }) customerId?: string;
  @ChoiceField(CALL_OUTCOMES, { optional: true }) outcome?: CallOutcome;
  @IntegerField({ optional: true, min: 1, max: 100 }) limit?: number;
  @TextField({ optional: true, max: 1500 }) cursor?: string;
}

@Controller('v1/search')
export class SearchController {
  constructor(private readonly rpc: RpcClient) {}

  @Operation('GET', '', {
    id: 'search',
    summary: 'Recordings by what customers said and what was understood of it, best first.',
    description:
      'An entry counts the more, the more of the words it holds. Pieces of the text come with the places of the words ' +
      'in them, as offsets. Access codes are covered and cannot be found.',
    access: 'search:read',
    query: SearchQuery,
    reply: SearchPage,
  })
  search(@ContractQuery(SearchQuery) query: SearchQuery, @AsCaller() caller: Caller): Promise<SearchPage> {
    return this.rpc.call(SearchTranscriptsRpc, { ...query, limit: query.limit ?? DEFAULT_PAGE }, caller.options);
  }
}
