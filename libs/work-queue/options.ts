import type { AppName } from '#libs/contracts/kernel/index.js';

/** Options of one work queue. */
export interface QueueOptions {
  readonly name: string;
  /** Maximum concurrent work of this queue in this process. */
  readonly concurrency: number;
  /**
   * Delays before the second, third, … attempt. Work whose last attempt fails is dead. Default: `DEFAULT_BACK_OFF_MS`.
   */
  readonly backOffMs?: readonly number[];
}

/** Options of `WorkQueueModule.forApp`. */
export interface WorkQueueModuleOptions {
  readonly app: AppName;
  readonly redisUrl: string;
  readonly queues: readonly QueueOptions[];
  /** The clock that decides what is due. Default: the system clock; tests replace it. */
  readonly now?: () => Date;
  readonly observer?: WorkQueueObserver;
  readonly options?: Partial<WorkQueueTuning>;
}

/** Limits and durations of an app's work queues. */
export interface WorkQueueTuning {
  /**
   * Duration of a lease, renewed while the work runs. The work of a crashed process can run elsewhere after this time.
   */
  readonly leaseMs: number;
  /** Interval between sweeps. */
  readonly sweepMs: number;
  /** Delay past the due time after which work gets another wake-up. */
  readonly wakeUpAfterMs: number;
  /** Delay past the due time after which the sweeper runs the work itself. */
  readonly runAfterMs: number;
  /** Maximum rows per sweep. */
  readonly sweepLimit: number;
  /** How long the rows of done work are kept, so that the same key is not run again. */
  readonly doneRetentionDays: number;
  /** How long a shutdown waits for running work. */
  readonly shutdownGraceMs: number;
}

/** The default limits and durations. */
export const DEFAULT_WORK_TUNING: WorkQueueTuning = {
  leaseMs: 10_000,
  sweepMs: 1_000,
  wakeUpAfterMs: 1_000,
  runAfterMs: 3_000,
  sweepLimit: 500,
  doneRetentionDays: 30,
  shutdownGraceMs: 10_000,
};

/** Default delays between attempts, in milliseconds. */
export const DEFAULT_BACK_OFF_MS: readonly number[] = [1_000, 5_000, 15_000, 60_000, 300_000];

/** Receives measurements for metrics. Times are milliseconds. */
export interface WorkQueueObserver {
  /** @param lateMs time from the due time to the start */
  workStarted(queue: string, kind: string, lateMs: number): void;
  /** @param outcome `done`, `retry`, `postponed`, `released` (the database was unavailable), `dead` or `lease_lost` */
  workEnded(queue: string, kind: string, outcome: string, durationMs: number): void;
  /** Reported by the replica that sweeps. */
  workOverdue(rows: number): void;
}

/** An observer that ignores all measurements. */
export const NOOP_WORK_OBSERVER: WorkQueueObserver = {
  workStarted: () => undefined,
  workEnded: () => undefined,
  workOverdue: () => undefined,
};

/** The options with all defaults applied. */
export interface WorkQueueSettings {
  readonly app: AppName;
  readonly redisUrl: string;
  readonly queues: ReadonlyMap<string, Required<QueueOptions>>;
  readonly now: () => Date;
  readonly observer: WorkQueueObserver;
  readonly tuning: WorkQueueTuning;
}

/** Injection token of {@link WorkQueueSettings}. */
export const WORK_QUEUE_SETTINGS = Symbol('WORK_QUEUE_SETTINGS');

/** Applies the defaults. */
export function toWorkQueueSettings(options: WorkQueueModuleOptions): WorkQueueSettings {
  const queues = options.queues.map((queue) => [queue.name, { backOffMs: DEFAULT_BACK_OFF_MS, ...queue }] as const);
  return {
    app: options.app,
    redisUrl: options.redisUrl,
    queues: new Map(queues),
    now: options.now ?? (() => new Date()),
    observer: options.observer ?? NOOP_WORK_OBSERVER,
    tuning: { ...DEFAULT_WORK_TUNING, ...options.options },
  };
}
