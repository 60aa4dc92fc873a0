import { Controller } from '@nestjs/common';
import { SearchTranscriptsRpc, type SearchPage, type SearchRequest } from '#libs/contracts/index.js';
import { OnRpc, type QueryContext } from '#libs/messaging/index.js';
import { SearchTranscripts } from './search-transcripts.js';

/** RPC that searches transcripts. */
@Controller()
export class SearchRpc {
  constructor(private readonly searchTranscripts: SearchTranscripts) {}

  @OnRpc(SearchTranscriptsRpc)
  search(request: SearchRequest, { organizationId }: QueryContext): Promise<SearchPage> {
    return this.searchTranscripts.execute(organizationId, request);
  }
}
