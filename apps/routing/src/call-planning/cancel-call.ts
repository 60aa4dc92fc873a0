import { Injectable } from '@nestjs/common';
import type { Transaction } from '#libs/persistence/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { WorkQueue } from '#libs/work-queue/index.js';
import { callWorkOf } from './call-work.js';

/** Cancels a planned call. The delivery's own state forbids it as well: this only keeps the queue short. */
@Injectable()
export class CancelCall {
  constructor(private readonly queue: WorkQueue) {}

  /** @param delivery as it was while the call was planned */
  async execute(delivery: DeliveryDocument, tx: Transaction): Promise<void> {
    if (delivery.state === 'call_planned' && delivery.plannedCallAt)
      await this.queue.cancel(tx, callWorkOf(delivery, delivery.plannedCallAt));
  }
}
