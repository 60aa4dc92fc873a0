import { Injectable } from '@nestjs/common';
import type { CustomerTextRequestedPayload } from '#libs/contracts/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { Clock } from '#libs/clock/clock.js';
import { WorkQueue } from '#libs/work-queue/index.js';
import { DELIVERY_QUEUE } from '../config/config.module.js';

export type TextReason = CustomerTextRequestedPayload['reason'];

/** Payload of the work item that requests a text. */
export interface TextCustomerWork {
  readonly deliveryId: string;
  readonly reason: TextReason;
}

/** Schedules a text to the customer, due as soon as the transaction commits. */
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
      // The time makes the key unique: the completed text of an earlier plan must not suppress this one.
      key: `text-customer.${deliveryId}.${reason}.${dueAt.getTime()}`,
      dueAt,
      organizationId,
      payload: { deliveryId, reason } satisfies TextCustomerWork,
    });
  }
}
