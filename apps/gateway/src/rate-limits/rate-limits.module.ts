import { Module } from '@nestjs/common';
import { EdgeRedisModule } from '../edge-redis/edge-redis.module.js';
import { RateLimits } from './rate-limit.js';
import { RateLimiter } from './rate-limiter.js';

export { type Limit, toRateLimitHeaders, RateLimits, toRateLimitProblem, type Verdict } from './rate-limit.js';
export { RateLimiter } from './rate-limiter.js';

/** Limits the requests per minute of a credential and of an IP address. */
@Module({ imports: [EdgeRedisModule], providers: [RateLimits, RateLimiter], exports: [RateLimits, RateLimiter] })
export class RateLimitsModule {}
