import { Counter, register } from 'prom-client';

export const CACHE_OUTCOMES = ['hit', 'shared', 'miss', 'bypass'] as const;
/**
 * `hit`: served from the cache; `shared`: by the answer another request was already fetching; `miss`: by the owner, and then
 * cached; `bypass`: by the owner, because the cache could not be asked.
 */
export type CacheOutcome = (typeof CACHE_OUTCOMES)[number];

const METRIC = 'delauto_read_cache_total';

/** Counts reads by what the cache did for them: `(hit + shared) / all` is the hit rate. */
export function cacheReads(): (outcome: CacheOutcome) => void {
  register.removeSingleMetric(METRIC);
  const counter = new Counter({ name: METRIC, help: 'Cacheable reads by what served them.', labelNames: ['outcome'] });
  const children = new Map(CACHE_OUTCOMES.map((outcome) => [outcome, counter.labels({ outcome })] as const));
  return (outcome) => children.get(outcome)?.inc();
}
