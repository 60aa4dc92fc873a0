import { Counter, register } from 'prom-client';

export const CACHE_OUTCOMES = ['hit', 'shared', 'miss', 'bypass'] as const;
/**
 * What served a read. `hit`: the cache. `shared`: a concurrent request that was already fetching it. `miss`: the owning
 * app, and the reply was cached. `bypass`: the owning app, because the cache was unavailable.
 */
export type CacheOutcome = (typeof CACHE_OUTCOMES)[number];

const METRIC = 'delauto_read_cache_total';

/** Counts cacheable reads by outcome. The hit rate is `(hit + shared) / all`. */
export function createCacheReadCounter(): (outcome: CacheOutcome) => void {
  // Tests create several caches in one process, and prom-client rejects a metric name that is already registered.
  register.removeSingleMetric(METRIC);
  const counter = new Counter({ name: METRIC, help: 'Cacheable reads by outcome.', labelNames: ['outcome'] });
  const children = new Map(CACHE_OUTCOMES.map((outcome) => [outcome, counter.labels({ outcome })] as const));
  return (outcome) => children.get(outcome)?.inc();
}
