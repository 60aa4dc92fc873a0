import { Module } from '@nestjs/common';
import { SearchIndexModule } from '../search-index/search-index.module.js';
import { TranscriptsModule } from '../transcripts/transcripts.module.js';
import { CorrectInstructions } from './correct-instructions.js';
import { ExportExamples } from './export-examples.js';
import { ListReviews } from './list-reviews.js';
import { ReviewsRpc } from './reviews.rpc.js';

/** Reviews of transcripts by dispatchers: the list, corrections, and the export of examples for evaluations. */
@Module({
  imports: [TranscriptsModule, SearchIndexModule],
  controllers: [ReviewsRpc],
  providers: [ListReviews, ExportExamples, CorrectInstructions],
})
export class ReviewsModule {}
