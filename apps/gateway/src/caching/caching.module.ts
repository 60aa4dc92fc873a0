import { Module } from '@nestjs/common';
import { EdgeRedisModule } from '../edge-redis/edge-redis.module.js';
import { BatchReader } from './batch-reader.js';
import { ReadCache } from './read-cache.js';

export { contentTag, isKnown } from './etag.js';
export type { Found } from './batch-reader.js';
export { tagsNamedIn, tagsOf } from './cache-tags.js';
export { BROTLI_QUALITY, compressed, COMPRESSION_THRESHOLD, encodingOf } from './compression.js';
export { CacheFill, type CacheQuestion } from './cache-fill.js';
export type { CachedAnswer } from './cached-answer.js';
export { type CacheRule, LONGEST_URL, ReadCache } from './read-cache.js';

/** Caches the responses of reads in Redis and invalidates them. */
@Module({ imports: [EdgeRedisModule], providers: [BatchReader, ReadCache], exports: [ReadCache] })
export class CachingModule {}
