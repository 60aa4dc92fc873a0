import { Injectable } from '@nestjs/common';
import { parseOrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { WorkQueue } from '#libs/work-queue/index.js';
import { toCallWork, type RequestCallWork } from './call-work.js';

/** Schedules the work item of a saved delivery's planned call. */
@Injectable()
export class ScheduleCall {
  constructor(private readonly queue: WorkQueue) {}

  async execute(delivery: DeliveryDocument, tx: Transaction): Promise<void> {
    if (!delivery.plannedCallAt) return;
    const plannedAt = delivery.plannedCallAt.toISOString();
    await this.queue.schedule(tx, {
      ...toCallWork(delivery, delivery.plannedCallAt),
      kind: 'request-call',
      dueAt: delivery.plannedCallAt,
      organizationId: parseOrganizationId(delivery.organizationId),
      payload: { deliveryId: delivery._id, plannedAt } satisfies RequestCallWork,
    });
  }
}
