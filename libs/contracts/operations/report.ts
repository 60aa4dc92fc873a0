import { ChoiceField, FlagField, InstantField, IntegerField, ObjectListField, TextField } from '../fields/index.js';

export const REACHABILITY = ['up', 'down'] as const;
export type Reachability = (typeof REACHABILITY)[number];

/** A server an app needs, as that app sees it. */
export class DependencyReport {
  @TextField({ max: 40 }) name!: string;
  @ChoiceField(REACHABILITY) state!: Reachability;
  @TextField({ optional: true, max: 300, description: 'Why it is down.' }) detail?: string;
}

/** One queue of due work. Counts end at 10,000: beyond that the exact number helps nobody. */
export class QueueReport {
  @TextField({ max: 60 }) queue!: string;
  @IntegerField({ min: 0, description: 'Scheduled for later.' }) waiting!: number;
  @IntegerField({ min: 0, description: 'Due, and begun by nobody.' }) due!: number;
  @IntegerField({ min: 0 }) running!: number;
  @IntegerField({ min: 0, description: 'Given up after its last attempt.' }) failed!: number;
  @IntegerField({ min: 0, description: 'For how long the oldest due work has been due; 0 without any.' })
  oldestDueMs!: number;
}

/** How one app is doing, told by one of its replicas. */
export class OperationsReport {
  @TextField({ max: 40 }) version!: string;
  @InstantField({ description: 'When the replica that answers was started.' }) startedAt!: string;
  @FlagField({ description: 'It is being shut down and takes no new work.' }) draining!: boolean;
  @ObjectListField(() => DependencyReport, { maxItems: 20 }) dependencies!: DependencyReport[];
  @ObjectListField(() => QueueReport, {
    optional: true,
    maxItems: 50,
    description: 'Where asked for; absent while they cannot be read.',
  })
  queues?: QueueReport[];
  @IntegerField({
    optional: true,
    min: 0,
    description: 'Events committed and not published yet; at most 10,000 are counted. As the queues.',
  })
  outboxPending?: number;
}
