import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { TenantRepository, trusted, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { LadderChannel } from '#libs/domain/notifications/notification.values.js';
import type { InboxMessageDocument } from '#libs/persistence/schemas/notifications/inbox-messages.js';

export const INBOX_MESSAGE_MODEL = 'InboxMessage';

const PERSONAL_FIELDS = {
  customerName: 1,
  address: 1,
  position: 1,
  instructions: 1,
  transcript: 1,
  recordingId: 1,
} as const;

@Injectable()
export class InboxMessageRepository extends TenantRepository<InboxMessageDocument> {
  constructor(@InjectModel(INBOX_MESSAGE_MODEL) model: Model<InboxMessageDocument>) {
    super(model);
  }

  listAfter(
    organizationId: OrganizationId,
    agentId: string,
    afterSequence: number,
    limit: number,
  ): Promise<InboxMessageDocument[]> {
    const filter = { agentId, sequence: trusted({ $gt: afterSequence }) };
    return this.find(organizationId, filter, { sort: { sequence: 1 }, limit });
  }

  /** Messages about a delivery whose escalation goes on. */
  listOpenAbout(organizationId: OrganizationId, deliveryId: string, tx: Transaction): Promise<InboxMessageDocument[]> {
    const filter = {
      deliveryId,
      acknowledgedAt: trusted({ $exists: false }),
      supersededAt: trusted({ $exists: false }),
    };
    return this.find(organizationId, filter, { tx });
  }

  /** Takes away what messages about these deliveries say; that there were messages stays. */
  async forgetDeliveries(
    organizationId: OrganizationId,
    deliveryIds: readonly string[],
    tx: Transaction,
  ): Promise<void> {
    const filter = { deliveryId: trusted({ $in: [...deliveryIds] }) };
    const update = { $set: { summary: 'The customer asked to be forgotten.' }, $unset: PERSONAL_FIELDS };
    await this.updateMany(organizationId, filter, update, tx);
  }

  async supersede(organizationId: OrganizationId, messageId: string, at: Date, tx: Transaction): Promise<void> {
    await this.updateOne(organizationId, { _id: messageId }, { $set: { supersededAt: at } }, tx);
  }

  /** @returns the message as acknowledged now, or `null` when it had been before */
  acknowledge(
    organizationId: OrganizationId,
    messageId: string,
    at: Date,
    tx: Transaction,
  ): Promise<InboxMessageDocument | null> {
    const filter = { _id: messageId, acknowledgedAt: trusted({ $exists: false }) };
    return this.updateOne(organizationId, filter, { $set: { acknowledgedAt: at } }, tx);
  }

  /** @returns the message as heard now, or `null` when it had been before */
  listened(
    organizationId: OrganizationId,
    messageId: string,
    at: Date,
    tx: Transaction,
  ): Promise<InboxMessageDocument | null> {
    const filter = { _id: messageId, listenedAt: trusted({ $exists: false }) };
    return this.updateOne(organizationId, filter, { $set: { listenedAt: at } }, tx);
  }

  /** Notes the furthest step taken before an acknowledgement; one taken after it tells nothing. */
  async reachedBy(
    organizationId: OrganizationId,
    messageId: string,
    channel: LadderChannel,
    tx: Transaction,
  ): Promise<void> {
    const filter = { _id: messageId, acknowledgedAt: trusted({ $exists: false }) };
    await this.updateOne(organizationId, filter, { $set: { lastChannel: channel } }, tx);
  }
}
