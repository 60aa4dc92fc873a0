import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { WorkQueue } from '#libs/work-queue/index.js';
import { ASSIGNMENT_QUEUE, RoutingConfig } from '../config/config.module.js';

/**
 * Schedules a planning run for an organization's open deliveries. Requests within one batch interval share a run. A run
 * that has started does not see later changes. If the interval's run has already started, because a replica's clock is
 * ahead or the clock was set back, the request gets a separate run.
 */
@Injectable()
export class ScheduleAssignment {
  constructor(
    private readonly queue: WorkQueue,
    private readonly config: RoutingConfig,
    private readonly clock: Clock,
  ) {}

  async execute(organizationId: OrganizationId, tx: Transaction): Promise<void> {
    const batchMs = this.config.ASSIGNMENT_BATCH_MS;
    const batch = Math.floor(this.clock.now().getTime() / batchMs) + 1;
    const dueAt = new Date(batch * batchMs);
    const isPending = await this.schedule(organizationId, `${batch}`, dueAt, tx);
    if (!isPending) await this.schedule(organizationId, randomUUID(), dueAt, tx);
  }

  /** @returns whether the planning run with this name has not started yet */
  private async schedule(
    organizationId: OrganizationId,
    runName: string,
    dueAt: Date,
    tx: Transaction,
  ): Promise<boolean> {
    const result = await this.queue.schedule(tx, {
      queue: ASSIGNMENT_QUEUE,
      kind: 'assign-deliveries',
      key: `assign-deliveries.${organizationId}.${runName}`,
      dueAt,
      organizationId,
      payload: {},
    });
    return result === 'scheduled' || result === 'moved';
  }
}
