import { Injectable } from '@nestjs/common';
import type { Transaction } from '#libs/persistence/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { WorkQueue } from '#libs/work-queue/index.js';
import { toCallWork } from './call-work.js';

/**
 * Cancels the work item of a planned call. This only keeps the queue short: work that is due checks the delivery's
 * state anyway.
 */
@Injectable()
export class CancelCall {
  constructor(private readonly queue: WorkQueue) {}

  /** @param delivery its state while the call was planned */
  async execute(delivery: DeliveryDocument, tx: Transaction): Promise<void> {
    if (delivery.state === 'call_planned' && delivery.plannedCallAt)
      await this.queue.cancel(tx, toCallWork(delivery, delivery.plannedCallAt));
  }
}
