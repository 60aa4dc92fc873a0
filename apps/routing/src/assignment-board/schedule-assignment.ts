import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { WorkQueue } from '#libs/work-queue/index.js';
import { ASSIGNMENT_QUEUE, RoutingConfig } from '../config/config.module.js';

/**
 * Asks for a planning of an organization's open deliveries; what becomes ready within the same moment shares one. A planning
 * that has begun does not see what is stored after it: where the moment's has, by a replica whose clock is ahead or before
 * the clock was set back, it is one of its own.
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
    const isYetToBegin = await this.schedule(organizationId, `${batch}`, dueAt, tx);
    if (!isYetToBegin) await this.schedule(organizationId, randomUUID(), dueAt, tx);
  }

  /** @returns whether a planning of this name is yet to begin */
  private async schedule(organizationId: OrganizationId, name: string, dueAt: Date, tx: Transaction): Promise<boolean> {
    const result = await this.queue.schedule(tx, {
      queue: ASSIGNMENT_QUEUE,
      kind: 'assign-deliveries',
      key: `assign-deliveries.${organizationId}.${name}`,
      dueAt,
      organizationId,
      payload: {},
    });
    return result === 'scheduled' || result === 'moved';
  }
}
