import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import {
  AggregateRepository,
  parseOrganizationId,
  trusted,
  type OrganizationId,
  type Transaction,
} from '#libs/persistence/index.js';
import type { MessageDocument } from '#libs/persistence/schemas/telephony/messages.js';
import type { MessageChange } from './message.js';

/** Stores the text messages to customers and agents. */
@Injectable()
export class MessageRepository extends AggregateRepository<MessageDocument> {
  protected readonly aggregateName = 'message';

  constructor(@InjectModel('Message') model: Model<MessageDocument>) {
    super(model);
  }

  /** Finds the message that a webhook names. The message determines the organization. */
  async findInAnyOrganization(notificationId: string, tx?: Transaction): Promise<MessageDocument | null> {
    return this.model
      .findOne({ _id: notificationId }, null, tx ? { session: tx.session } : {})
      .lean<MessageDocument>()
      .exec();
  }

  /** Finds the carrier ids of the messages to a number that belong to other notifications, across all organizations. */
  async findOtherCarrierMessageIds(to: string, since: Date, notificationId: string): Promise<string[]> {
    const otherMessages = await this.model
      .find({ to, sentAt: trusted({ $gte: since }), _id: trusted({ $ne: notificationId }) }, { carrierMessageId: 1 })
      .lean<Pick<MessageDocument, 'carrierMessageId'>[]>()
      .exec();
    return otherMessages.flatMap(({ carrierMessageId }) => carrierMessageId ?? []);
  }

  /** Finds the latest texts to the number of a customer, across all organizations. */
  async findLatestToCustomer(to: string, limit: number, tx: Transaction): Promise<MessageDocument[]> {
    return this.model
      .find({ to, audience: 'customer' }, null, { session: tx.session })
      .sort({ sentAt: -1 })
      .limit(limit)
      .lean<MessageDocument[]>()
      .exec();
  }

  /**
   * Erases the texts about these deliveries and the customers' phone numbers. Times and states remain.
   * @param replacements stored in place of the phone numbers of customers and all texts
   */
  async erase(
    organization: OrganizationId,
    deliveryIds: readonly string[],
    replacements: { readonly phone: string; readonly text: string },
    tx: Transaction,
  ): Promise<void> {
    const filter = { deliveryId: trusted({ $in: [...deliveryIds] }) };
    const redaction = { $set: { body: replacements.text }, $unset: { about: 1 as const }, $inc: { revision: 1 } };
    await this.updateMany(organization, filter, redaction, tx);
    await this.updateMany(organization, { ...filter, audience: 'customer' }, { $set: { to: replacements.phone } }, tx);
  }

  /** Saves a change. Does nothing when `changed` is false. */
  async apply(tx: Transaction, { message, changed, events }: MessageChange): Promise<MessageDocument> {
    return changed ? this.save(tx, parseOrganizationId(message.organizationId), message, events) : message;
  }
}
