import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { TenantRepository, trusted, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { EscalationChannel } from '#libs/domain/notifications/notification.values.js';
import type { InboxMessageDocument } from '#libs/persistence/schemas/notifications/inbox-messages.js';

export const INBOX_MESSAGE_MODEL = 'InboxMessage';

/** The fields that an erasure removes. */
const PERSONAL_FIELDS = {
  customerName: 1,
  address: 1,
  position: 1,
  instructions: 1,
  transcript: 1,
  recordingId: 1,
} as const;

/** Stores the messages in agents' inboxes. */
@Injectable()
export class InboxMessageRepository extends TenantRepository<InboxMessageDocument> {
  constructor(@InjectModel(INBOX_MESSAGE_MODEL) model: Model<InboxMessageDocument>) {
    super(model);
  }

  /** Lists an agent's messages after a sequence, oldest first. */
  listAfter(
    organizationId: OrganizationId,
    agentId: string,
    afterSequence: number,
    limit: number,
  ): Promise<InboxMessageDocument[]> {
    const filter = { agentId, sequence: trusted({ $gt: afterSequence }) };
    return this.find(organizationId, filter, { sort: { sequence: 1 }, limit });
  }

  /** Lists messages about a delivery that are neither acknowledged nor superseded. */
  listOpenForDelivery(
    organizationId: OrganizationId,
    deliveryId: string,
    tx: Transaction,
  ): Promise<InboxMessageDocument[]> {
    const filter = {
      deliveryId,
      acknowledgedAt: trusted({ $exists: false }),
      supersededAt: trusted({ $exists: false }),
    };
    return this.find(organizationId, filter, { tx });
  }

  /** Erases the content of messages about these deliveries. The messages themselves are kept. */
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

  /** @returns the acknowledged message, or `null` if it was acknowledged before */
  acknowledge(
    organizationId: OrganizationId,
    messageId: string,
    at: Date,
    tx: Transaction,
  ): Promise<InboxMessageDocument | null> {
    const filter = { _id: messageId, acknowledgedAt: trusted({ $exists: false }) };
    return this.updateOne(organizationId, filter, { $set: { acknowledgedAt: at } }, tx);
  }

  /** @returns the updated message, or `null` if it was listened to before */
  markListened(
    organizationId: OrganizationId,
    messageId: string,
    at: Date,
    tx: Transaction,
  ): Promise<InboxMessageDocument | null> {
    const filter = { _id: messageId, listenedAt: trusted({ $exists: false }) };
    return this.updateOne(organizationId, filter, { $set: { listenedAt: at } }, tx);
  }

  /** Records the last escalation step before the acknowledgment. Later steps are ignored. */
  async recordLastChannel(
    organizationId: OrganizationId,
    messageId: string,
    channel: EscalationChannel,
    tx: Transaction,
  ): Promise<void> {
    const filter = { _id: messageId, acknowledgedAt: trusted({ $exists: false }) };
    await this.updateOne(organizationId, filter, { $set: { lastChannel: channel } }, tx);
  }
}
