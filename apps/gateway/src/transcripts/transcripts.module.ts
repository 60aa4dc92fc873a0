import { Module } from '@nestjs/common';
import { ReviewsController } from './reviews.controller.js';
import { SearchController } from './search.controller.js';

/** Search in transcripts, and review of the instructions understood from them. */
@Module({ controllers: [ReviewsController, SearchController] })
export class TranscriptsModule {}
