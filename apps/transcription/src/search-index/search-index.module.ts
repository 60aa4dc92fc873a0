import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { searchEntrySchema, searchFactsSchema } from '#libs/persistence/schemas/transcription/search-entries.js';
import { ProvidersModule } from '../providers/providers.module.js';
import { EmbedEntries } from './embed-entries.js';
import { IndexTranscript } from './index-transcript.js';
import { StoreAttemptFacts } from './store-attempt-facts.js';
import { StoreDeliveryAgent } from './store-delivery-agent.js';
import { SEARCH_ENTRIES, SearchEntryRepository } from './search-entry.repository.js';
import { SearchFactsConsumer } from './search-facts.consumer.js';
import { SEARCH_FACTS, SearchFactsRepository } from './search-facts.repository.js';

export {
  type SearchEntryDocument,
  type SearchFactsDocument,
  searchEntrySchema,
} from '#libs/persistence/schemas/transcription/search-entries.js';
export { describeInstructions } from './describe-instructions.js';
export { EmbedEntries } from './embed-entries.js';
export { IndexTranscript } from './index-transcript.js';
export { SEARCH_ENTRIES, SearchEntryRepository } from './search-entry.repository.js';
export { type FilteredFacts, toPredicate, type SearchFilter } from './search-filter.js';
export { decodeVector } from './vector-bytes.js';

/** The search index of recordings: their words, their embeddings, and facts about their calls and deliveries. */
@Module({
  imports: [
    MongooseModule.forFeature([
      { name: SEARCH_ENTRIES, schema: searchEntrySchema },
      { name: SEARCH_FACTS, schema: searchFactsSchema },
    ]),
    ProvidersModule,
  ],
  controllers: [SearchFactsConsumer],
  providers: [
    SearchEntryRepository,
    SearchFactsRepository,
    StoreAttemptFacts,
    StoreDeliveryAgent,
    EmbedEntries,
    IndexTranscript,
  ],
  exports: [SearchEntryRepository, IndexTranscript],
})
export class SearchIndexModule {}
