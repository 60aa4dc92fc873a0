import { Module } from '@nestjs/common';
import { AuthenticationModule } from '../authentication/authentication.module.js';
import { CachingModule } from '../caching/caching.module.js';
import { IdempotencyModule } from '../idempotency/idempotency.module.js';
import { RateLimitsModule } from '../rate-limits/rate-limits.module.js';
import { KnownAnswers } from './cache-fast-path.js';
import { EdgePipeline } from './edge-pipeline.js';

export { KnownAnswers } from './cache-fast-path.js';
export { EdgePipeline } from './edge-pipeline.js';

/** What happens to every request before and after its handler. */
@Module({
  imports: [AuthenticationModule, CachingModule, IdempotencyModule, RateLimitsModule],
  providers: [KnownAnswers, EdgePipeline],
  exports: [KnownAnswers, EdgePipeline],
})
export class EdgeModule {}
