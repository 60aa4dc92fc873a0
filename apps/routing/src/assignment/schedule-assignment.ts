import { Inject, Injectable } from '@nestjs/common';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { WorkQueue } from '#libs/work-queue/index.js';
import { ASSIGNMENT_QUEUE } from '../delivery-queue.js';
import { RoutingConfig } from '../routing.config.js';

/** Asks for a planning of an organisation's open deliveries; what becomes ready within the same moment shares one. */
@Injectable()
export class ScheduleAssignment {
  constructor(
    @Inject(WorkQueue) private readonly queue: WorkQueue,
    @Inject(RoutingConfig) private readonly config: RoutingConfig,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async execute(organizationId: OrganizationId, tx: Transaction): Promise<void> {
    const batchMs = this.config.ASSIGNMENT_BATCH_MS;
    const batch = Math.floor(this.clock.now().getTime() / batchMs) + 1;
    await this.queue.schedule(tx, {
      queue: ASSIGNMENT_QUEUE,
      kind: 'assign-deliveries',
      key: `assign-deliveries.${organizationId}.${batch}`,
      dueAt: new Date(batch * batchMs),
      organizationId,
      payload: {},
    });
  }
}
