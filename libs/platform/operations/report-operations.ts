import { Injectable, Optional } from '@nestjs/common';
import type { GetOperationsRequest, OperationsReport } from '#libs/contracts/index.js';
import { OutboxRelay } from '#libs/messaging/index.js';
import { QueueFigures } from '#libs/work-queue/index.js';
import { Readiness } from '#libs/health/probes.js';
import { VERSION } from './version.js';

/** Shorter than that of whoever asks. */
const PATIENCE_MS = 600;

/** How this app is doing, as its own database and servers say. */
@Injectable()
export class ReportOperations {
  private readonly startedAt = new Date(Date.now() - process.uptime() * 1_000).toISOString();

  constructor(
    private readonly readiness: Readiness,
    private readonly outbox: OutboxRelay,
    @Optional() private readonly queues?: QueueFigures,
  ) {}

  /** Answers in time whatever is down: what cannot be found out is left out. */
  async execute({ queues: wanted }: GetOperationsRequest): Promise<OperationsReport> {
    const [dependencies, queues, outboxPending] = await Promise.all([
      this.readiness.report(PATIENCE_MS),
      wanted ? inTime(this.queues?.read() ?? Promise.resolve([])) : undefined,
      wanted ? inTime(this.outbox.pending()) : undefined,
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

function inTime<T>(asked: Promise<T>): Promise<T | undefined> {
  const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), PATIENCE_MS).unref());
  return Promise.race([asked.catch(() => undefined), late]);
}
