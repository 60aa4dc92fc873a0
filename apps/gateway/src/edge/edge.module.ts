import { Module } from '@nestjs/common';
import { AuthenticationModule } from '../authentication/authentication.module.js';
import { CachingModule } from '../caching/caching.module.js';
import { IdempotencyModule } from '../idempotency/idempotency.module.js';
import { RateLimitsModule } from '../rate-limits/rate-limits.module.js';
import { CacheFastPath } from './cache-fast-path.js';
import { EdgePipeline } from './edge-pipeline.js';

export { CacheFastPath } from './cache-fast-path.js';
export { EdgePipeline } from './edge-pipeline.js';

/** Runs before and after the handler of every request: authentication, rate limits, caching and idempotency. */
@Module({
  imports: [AuthenticationModule, CachingModule, IdempotencyModule, RateLimitsModule],
  providers: [CacheFastPath, EdgePipeline],
  exports: [CacheFastPath, EdgePipeline],
})
export class EdgeModule {}
