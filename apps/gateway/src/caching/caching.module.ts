import { Module } from '@nestjs/common';
import { EdgeRedisModule } from '../edge-redis/edge-redis.module.js';
import { BatchReader } from './batch-reader.js';
import { ReadCache } from './read-cache.js';

export { toContentEtag, matchesEtag } from './etag.js';
export type { CachedValues } from './batch-reader.js';
export { collectCacheTags, toCacheTags } from './cache-tags.js';
export { BROTLI_QUALITY, compressBody, COMPRESSION_THRESHOLD, negotiateEncoding } from './compression.js';
export { CacheFill, type CacheLookup } from './cache-fill.js';
export type { CachedResponse } from './cached-response.js';
export { type CacheRule, MAX_URL_LENGTH, ReadCache } from './read-cache.js';

/** Caches the responses of reads in Redis and invalidates them. */
@Module({ imports: [EdgeRedisModule], providers: [BatchReader, ReadCache], exports: [ReadCache] })
export class CachingModule {}
