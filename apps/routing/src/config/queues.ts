import type { QueueOptions } from '#libs/work-queue/index.js';

/** Due calls and texts, expiries of offers, and timeouts of recording analysis. */
export const DELIVERY_QUEUE = 'delivery_queue';
/**
 * Assignment planning, by organization. Separate from calls: when the calling hours begin, thousands of calls are due
 * at once, and deliveries that are ready to assign must not wait until all calls are requested.
 */
export const ASSIGNMENT_QUEUE = 'assignment_queue';

/** Bulk imports. Separate from calls, which 10,000 rows must not delay. */
export const IMPORT_QUEUE = 'import_queue';

export const ROUTING_QUEUES: readonly QueueOptions[] = [
  { name: DELIVERY_QUEUE, concurrency: 8 },
  // The number of organizations planned at once; a lease limits each organization to one planner.
  { name: ASSIGNMENT_QUEUE, concurrency: 2 },
  { name: IMPORT_QUEUE, concurrency: 2 },
];
