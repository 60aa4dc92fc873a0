import { Module } from '@nestjs/common';
import { AuthenticationModule } from '../authentication/authentication.module.js';
import { CachingModule } from '../caching/caching.module.js';
import { IdempotencyModule } from '../idempotency/idempotency.module.js';
import { RateLimitsModule } from '../rate-limits/rate-limits.module.js';
import { CacheFastPath } from './cache-fast-path.js';
import { EdgePipeline } from './edge-pipeline.js';

export { CacheFastPath } from './cache-fast-path.js';
export { EdgePipeline } from './edge-pipeline.js';

/** What happens to every request before and after its handler. */
@Module({
  imports: [AuthenticationModule, CachingModule, IdempotencyModule, RateLimitsModule],
  providers: [CacheFastPath, EdgePipeline],
  exports: [CacheFastPath, EdgePipeline],
})
export class EdgeModule {}
