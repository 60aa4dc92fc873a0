import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/clock/clock.js';
import { NotificationsCustomerErased, type CustomerErasedPayload } from '#libs/contracts/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { AssignmentSnapshotRepository } from '../inbox/inbox.module.js';
import { InboxMessageRepository } from '../messages/messages.module.js';
import { WebhookDeliveryRepository } from '../webhook-deliveries/webhook-deliveries.module.js';

/** Erases a customer's data from agents' messages, assignment snapshots and partners' webhooks. */
@Injectable()
export class ForgetCustomer {
  constructor(
    private readonly messages: InboxMessageRepository,
    private readonly snapshots: AssignmentSnapshotRepository,
    private readonly webhooks: WebhookDeliveryRepository,
    private readonly clock: Clock,
  ) {}

  async execute(
    organizationId: OrganizationId,
    { erasureId, customerId, deliveryIds }: CustomerErasedPayload,
    tx: Transaction,
  ): Promise<void> {
    await this.messages.forgetDeliveries(organizationId, deliveryIds, tx);
    await this.snapshots.forgetDeliveries(organizationId, deliveryIds, tx);
    await this.webhooks.forgetDeliveries(organizationId, deliveryIds, tx);
    tx.emit({
      contract: NotificationsCustomerErased,
      organizationId,
      aggregateId: erasureId,
      sequence: 1,
      payload: { erasureId, customerId },
      occurredAt: this.clock.now(),
    });
  }
}
