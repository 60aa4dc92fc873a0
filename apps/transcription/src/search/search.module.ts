import { Module } from '@nestjs/common';
import { ProvidersModule } from '../providers/providers.module.js';
import { SearchIndexModule } from '../search-index/search-index.module.js';
import { OrganizationIndexes } from './organization-indexes.js';
import { SearchTranscripts } from './search-transcripts.js';
import { SearchRpc } from './search.rpc.js';

export { OrganizationIndexes } from './organization-indexes.js';
export { SearchTranscripts } from './search-transcripts.js';

/** Full-text and semantic (vector) search of transcripts. */
@Module({
  imports: [ProvidersModule, SearchIndexModule],
  controllers: [SearchRpc],
  providers: [OrganizationIndexes, SearchTranscripts],
})
export class SearchModule {}
