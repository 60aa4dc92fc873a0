import { Module } from '@nestjs/common';
import { EdgeRedisModule } from '../edge-redis/edge-redis.module.js';
import { BatchReader } from './batch-reader.js';
import { ReadCache } from './read-cache.js';

export { toContentEtag as contentTag, matchesEtag as isKnown } from './etag.js';
export type { CachedValues as Found } from './batch-reader.js';
export { collectCacheTags as tagsNamedIn, toCacheTags as tagsOf } from './cache-tags.js';
export { BROTLI_QUALITY, compressBody as compressed, COMPRESSION_THRESHOLD, negotiateEncoding as encodingOf } from './compression.js';
export { CacheFill, type CacheLookup as CacheQuestion } from './cache-fill.js';
export type { CachedResponse as CachedAnswer } from './cached-response.js';
export { type CacheRule, MAX_URL_LENGTH as LONGEST_URL, ReadCache } from './read-cache.js';

/** Caches the responses of reads in Redis and invalidates them. */
@Module({ imports: [EdgeRedisModule], providers: [BatchReader, ReadCache], exports: [ReadCache] })
export class CachingModule {}
