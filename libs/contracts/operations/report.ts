import { ChoiceField, FlagField, InstantField, IntegerField, ObjectListField, TextField } from '../fields/index.js';

/** Whether a server responds. */
export const REACHABILITY = ['up', 'down'] as const;
export type Reachability = (typeof REACHABILITY)[number];

/** The state of a server that an app depends on, as that app observes it. */
export class DependencyReport {
  @TextField({ max: 40 }) name!: string;
  @ChoiceField(REACHABILITY) state!: Reachability;
  @TextField({ optional: true, max: 300, description: 'Why the dependency is down.' }) detail?: string;
}

/**
 * One queue of due work. Counts stop at 10,000, because exact larger numbers would not change what an operator does.
 */
export class QueueReport {
  @TextField({ max: 60 }) queue!: string;
  @IntegerField({ min: 0, description: 'Number of work items scheduled for later.' }) waiting!: number;
  @IntegerField({ min: 0, description: 'Number of work items that are due and not started.' }) due!: number;
  @IntegerField({ min: 0 }) running!: number;
  @IntegerField({ min: 0, description: 'Number of work items that were abandoned after their last attempt.' })
  failed!: number;
  @IntegerField({
    min: 0,
    description: 'Milliseconds since the oldest due work item became due. 0 if none is due.',
  })
  oldestDueMs!: number;
}

/** The operational state of one app, as reported by one of its replicas. */
export class OperationsReport {
  @TextField({ max: 40 }) version!: string;
  @InstantField({ description: 'When the replica that sent this report started.' }) startedAt!: string;
  @FlagField({ description: 'Whether the replica is shutting down and accepts no new work.' }) draining!: boolean;
  @ObjectListField(() => DependencyReport, { maxItems: 20 }) dependencies!: DependencyReport[];
  @ObjectListField(() => QueueReport, {
    optional: true,
    maxItems: 50,
    description: 'Present if requested. Absent while the queues cannot be read.',
  })
  queues?: QueueReport[];
  @IntegerField({
    optional: true,
    min: 0,
    description:
      'Number of events that are committed and not published yet, up to 10,000. Present if requested. ' +
      'Absent while the outbox cannot be read.',
  })
  outboxPending?: number;
}
