import type { AppName } from '#libs/contracts/kernel/index.js';

export interface QueueOptions {
  readonly name: string;
  /** Most pieces of this queue's work at once in this process. */
  readonly concurrency: number;
  /** Waits before the second, third, … attempt; after the last failure the work is dead. */
  readonly backOffMs?: readonly number[];
}

export interface WorkQueueModuleOptions {
  readonly app: AppName;
  readonly redisUrl: string;
  readonly queues: readonly QueueOptions[];
  /** What due times are compared with; the system's clock unless a test gives another. */
  readonly now?: () => Date;
  readonly observer?: WorkQueueObserver;
  readonly options?: Partial<WorkQueueTuning>;
}

/** Times in milliseconds unless named otherwise. */
export interface WorkQueueTuning {
  /** How long work whose process died stays with it; renewed while it runs. */
  readonly leaseMs: number;
  readonly sweepMs: number;
  /** Overdue by this, work is hinted at again. */
  readonly hintAfterMs: number;
  /** Overdue by this, the sweeper runs it itself. */
  readonly runAfterMs: number;
  readonly sweepLimit: number;
  readonly doneRetentionDays: number;
  readonly shutdownGraceMs: number;
}

export const DEFAULT_WORK_TUNING: WorkQueueTuning = {
  leaseMs: 10_000,
  sweepMs: 1_000,
  hintAfterMs: 1_000,
  runAfterMs: 3_000,
  sweepLimit: 500,
  doneRetentionDays: 30,
  shutdownGraceMs: 10_000,
};

export const DEFAULT_BACK_OFF_MS: readonly number[] = [1_000, 5_000, 15_000, 60_000, 300_000];

/** What the work queue tells the metrics. Times are milliseconds. */
export interface WorkQueueObserver {
  /** `lateMs`: from due to begun. */
  workStarted(queue: string, kind: string, lateMs: number): void;
  /** `outcome`: `done`, `retry`, `postponed`, `released` (the database was unavailable), `dead` or `lease_lost`. */
  workEnded(queue: string, kind: string, outcome: string, durationMs: number): void;
  /** Told by the replica that sweeps. */
  workOverdue(rows: number): void;
}

export const SILENT_WORK_OBSERVER: WorkQueueObserver = {
  workStarted: () => undefined,
  workEnded: () => undefined,
  workOverdue: () => undefined,
};

export interface WorkQueueSettings {
  readonly app: AppName;
  readonly redisUrl: string;
  readonly queues: ReadonlyMap<string, Required<QueueOptions>>;
  readonly now: () => Date;
  readonly observer: WorkQueueObserver;
  readonly tuning: WorkQueueTuning;
}

export const WORK_QUEUE_SETTINGS = Symbol('WORK_QUEUE_SETTINGS');

export function workQueueSettings(given: WorkQueueModuleOptions): WorkQueueSettings {
  const queues = given.queues.map((queue) => [queue.name, { backOffMs: DEFAULT_BACK_OFF_MS, ...queue }] as const);
  return {
    app: given.app,
    redisUrl: given.redisUrl,
    queues: new Map(queues),
    now: given.now ?? (() => new Date()),
    observer: given.observer ?? SILENT_WORK_OBSERVER,
    tuning: { ...DEFAULT_WORK_TUNING, ...given.options },
  };
}
