import { Module } from '@nestjs/common';
import { ReviewsController } from './reviews.controller.js';
import { SearchController } from './search.controller.js';

/** What customers said: search by meaning, and review of what was read out of it. */
@Module({ controllers: [ReviewsController, SearchController] })
export class TranscriptsModule {}
