import { Injectable, Optional } from '@nestjs/common';
import type { GetOperationsRequest, OperationsReport } from '#libs/contracts/index.js';
import { OutboxRelay } from '#libs/messaging/index.js';
import { QueueFigures } from '#libs/work-queue/index.js';
import { Readiness } from '#libs/health/probes.js';
import { VERSION } from './version.js';

/** Shorter than the RPC timeout of the gateway, which calls this report. */
const CHECK_TIMEOUT_MS = 600;

/** Reports the state of this app, its dependencies, queues and outbox. */
@Injectable()
export class ReportOperations {
  private readonly startedAt = new Date(Date.now() - process.uptime() * 1_000).toISOString();

  constructor(
    private readonly readiness: Readiness,
    private readonly outbox: OutboxRelay,
    @Optional() private readonly queues?: QueueFigures,
  ) {}

  /** Replies in time even when servers are unavailable. Values that cannot be read are omitted. */
  async execute({ queues: includesQueues }: GetOperationsRequest): Promise<OperationsReport> {
    const [dependencies, queues, outboxPending] = await Promise.all([
      this.readiness.report(CHECK_TIMEOUT_MS),
      includesQueues ? withTimeout(this.queues?.read() ?? Promise.resolve([])) : undefined,
      includesQueues ? withTimeout(this.outbox.countPending()) : undefined,
    ]);
    return {
      version: VERSION,
      startedAt: this.startedAt,
      draining: this.readiness.draining,
      dependencies,
      ...(queues === undefined ? {} : { queues: [...queues] }),
      ...(outboxPending === undefined ? {} : { outboxPending }),
    };
  }
}

function withTimeout<T>(reply: Promise<T>): Promise<T | undefined> {
  const timeout = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), CHECK_TIMEOUT_MS).unref());
  return Promise.race([reply.catch(() => undefined), timeout]);
}
