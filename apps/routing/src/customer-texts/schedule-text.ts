import { Injectable } from '@nestjs/common';
import type { CustomerTextRequestedPayload } from '#libs/contracts/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { Clock } from '#libs/clock/clock.js';
import { WorkQueue } from '#libs/work-queue/index.js';
import { DELIVERY_QUEUE } from '../config/config.module.js';

export type TextReason = CustomerTextRequestedPayload['reason'];

export interface TextCustomerWork {
  readonly deliveryId: string;
  readonly reason: TextReason;
}

/** A text to the customer, due at once when what it follows from is committed. */
@Injectable()
export class ScheduleText {
  constructor(
    private readonly queue: WorkQueue,
    private readonly clock: Clock,
  ) {}

  async execute(
    organizationId: OrganizationId,
    { _id: deliveryId }: DeliveryDocument,
    reason: TextReason,
    tx: Transaction,
  ): Promise<void> {
    const dueAt = this.clock.now();
    await this.queue.schedule(tx, {
      queue: DELIVERY_QUEUE,
      kind: 'text-customer',
      // One done earlier, for a plan that is over, never hides this one.
      key: `text-customer.${deliveryId}.${reason}.${dueAt.getTime()}`,
      dueAt,
      organizationId,
      payload: { deliveryId, reason } satisfies TextCustomerWork,
    });
  }
}
