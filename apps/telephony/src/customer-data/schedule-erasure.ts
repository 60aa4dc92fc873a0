import { Injectable } from '@nestjs/common';
import type { CustomerErasedPayload } from '#libs/contracts/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { WorkQueue } from '#libs/work-queue/index.js';
import { RECORDING_QUEUE } from '../config/config.module.js';
import type { EraseCustomerDataWork } from './erase-customer-data.js';

/** Schedules the erasure of a customer. The erasure is certain to run once `tx` commits. */
@Injectable()
export class ScheduleErasure {
  constructor(
    private readonly queue: WorkQueue,
    private readonly clock: Clock,
  ) {}

  async execute(
    organizationId: OrganizationId,
    { erasureId, customerId, deliveryIds }: CustomerErasedPayload,
    tx: Transaction,
  ): Promise<void> {
    await this.queue.schedule(tx, {
      queue: RECORDING_QUEUE,
      kind: 'erase-customer-data',
      key: `erase-customer-data.${erasureId}`,
      dueAt: this.clock.now(),
      organizationId,
      payload: { erasureId, customerId, deliveryIds } satisfies EraseCustomerDataWork,
    });
  }
}
