import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import type { Type } from '@nestjs/common';
import type { Job } from 'bullmq';
import type { WakeUp } from './wake-ups.js';
import type { QueueOptions, WorkQueueSettings } from './options.js';
import { RECONNECT_OPTIONS, RedisLink } from './redis-link.js';
import { WorkExecutor } from './work-executor.js';

/** Must exceed 10 s: workers wait for jobs with blocking commands, to which Redis replies within 10 s. */
const WORKER_SOCKET_TIMEOUT_MS = 15_000;
/** The job of a killed worker is retried after about this time. */
const STALLED_INTERVAL_MS = 1_000;

/** Creates the BullMQ worker class of one queue. Every app has its own queues, so each queue needs its own class. */
export function createDueWorkProcessor(
  { name, concurrency }: QueueOptions,
  { redisUrl, tuning }: WorkQueueSettings,
): Type<WorkerHost> {
  @Processor(
    { name },
    {
      // Workers need a connection of their own, because they block it while they wait.
      connection: { url: redisUrl, ...RECONNECT_OPTIONS, socketTimeout: WORKER_SOCKET_TIMEOUT_MS },
      concurrency,
      stalledInterval: STALLED_INTERVAL_MS,
      lockDuration: tuning.leaseMs,
      removeOnComplete: { count: 0 },
      removeOnFail: { count: 0 },
    },
  )
  class DueWorkProcessor extends WorkerHost {
    constructor(
      private readonly executor: WorkExecutor,
      private readonly link: RedisLink,
    ) {
      super();
    }

    /** Runs the work if it is due. Never rejects: the row records failures, not the job. */
    override process({ data }: Job<WakeUp>): Promise<void> {
      return this.executor.run(data.id);
    }

    @OnWorkerEvent('error')
    onError(error: Error): void {
      this.link.reportError(error);
    }
  }
  return DueWorkProcessor;
}
