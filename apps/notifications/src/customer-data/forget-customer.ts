import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { NotificationsCustomerErased, type CustomerErasedPayload } from '#libs/contracts/index.js';
import { trusted, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { DeliveryBriefDocument } from '#libs/persistence/schemas/notifications/delivery-briefs.js';
import type { InboxMessageDocument } from '#libs/persistence/schemas/notifications/inbox-messages.js';
import type { WebhookDeliveryDocument } from '#libs/persistence/schemas/notifications/webhook-deliveries.js';
import { Clock } from '#libs/clock/clock.js';
import { DELIVERY_BRIEF_MODEL } from '../inbox/delivery-brief.repository.js';
import { INBOX_MESSAGE_MODEL } from '../inbox/inbox-message.repository.js';
import { WEBHOOK_DELIVERY_MODEL } from '../webhooks/webhook-delivery.repository.js';

const WORDS = { customerName: 1, address: 1, position: 1, instructions: 1, transcript: 1, recordingId: 1 } as const;

/** A customer is forgotten: what agents and partners were told of them loses what it said. */
@Injectable()
export class ForgetCustomer {
  constructor(
    @InjectModel(INBOX_MESSAGE_MODEL) private readonly messages: Model<InboxMessageDocument>,
    @InjectModel(DELIVERY_BRIEF_MODEL) private readonly briefs: Model<DeliveryBriefDocument>,
    @InjectModel(WEBHOOK_DELIVERY_MODEL) private readonly webhooks: Model<WebhookDeliveryDocument>,
    private readonly clock: Clock,
  ) {}

  async execute(
    organizationId: OrganizationId,
    { erasureId, customerId, deliveryIds }: CustomerErasedPayload,
    tx: Transaction,
  ): Promise<void> {
    const { session } = tx;
    const among = trusted({ $in: [...deliveryIds] });
    const about = { organizationId, deliveryId: among };
    const told = { $set: { summary: 'The customer asked to be forgotten.' }, $unset: WORDS };
    await this.messages.updateMany(about, told, { session }).exec();
    await this.briefs.deleteMany({ organizationId, _id: among }, { session }).exec();
    await this.webhooks.deleteMany(about, { session }).exec();
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
