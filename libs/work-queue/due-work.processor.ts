import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import type { Type } from '@nestjs/common';
import type { Job } from 'bullmq';
import type { Hint } from './hints.js';
import type { QueueOptions, WorkQueueSettings } from './options.js';
import { RECONNECTING, RedisLink } from './redis-link.js';
import { WorkExecutor } from './work-executor.js';

/** Workers wait for jobs in commands that Redis answers after ten seconds at the latest. */
const WORKER_SILENCE_MS = 15_000;
/** A killed worker's job comes back after about this. */
const STALLED_MS = 1_000;

/** Takes the hints of one queue; every app has its own queues, hence a class made for each. */
export function dueWorkProcessor(
  { name, concurrency }: QueueOptions,
  { redisUrl, tuning }: WorkQueueSettings,
): Type<WorkerHost> {
  @Processor(
    { name },
    {
      // Not the connection that gives hints: workers block theirs while they wait.
      connection: { url: redisUrl, ...RECONNECTING, socketTimeout: WORKER_SILENCE_MS },
      concurrency,
      stalledInterval: STALLED_MS,
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

    /** Runs the row if it is due. Never rejects: whether work failed is said by its row, not by a job. */
    override process({ data }: Job<Hint>): Promise<void> {
      return this.executor.run(data.id);
    }

    @OnWorkerEvent('error')
    onError(error: Error): void {
      this.link.complain(error);
    }
  }
  return DueWorkProcessor;
}
