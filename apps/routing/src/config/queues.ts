import type { QueueOptions } from '#libs/work-queue/index.js';

/** Calls that are due, and understanding that is overdue. */
export const DELIVERY_QUEUE = 'delivery_queue';
/**
 * Organizations whose open deliveries want agents. Apart from the calls: when the lawful hours begin thousands of them
 * fall due at once, and whoever was reached must not wait for an agent until the last of them is requested.
 */
export const ASSIGNMENT_QUEUE = 'assignment_queue';

/** Bulk imports, apart from the calls: 10,000 rows must not hold one of them up. */
export const IMPORT_QUEUE = 'import_queue';

export const ROUTING_QUEUES: readonly QueueOptions[] = [
  { name: DELIVERY_QUEUE, concurrency: 8 },
  // Organizations planned at once; one organization has one planner anyway.
  { name: ASSIGNMENT_QUEUE, concurrency: 2 },
  { name: IMPORT_QUEUE, concurrency: 2 },
];
