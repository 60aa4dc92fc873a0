import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { trusted, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { InboundMessageDocument } from '#libs/persistence/schemas/telephony/inbound-messages.js';

/**
 * Stores inbound text messages. A message belongs to no organization until it is matched with a delivery, so this is
 * not a tenant repository.
 */
@Injectable()
export class InboundMessageRepository {
  constructor(@InjectModel('InboundMessage') private readonly model: Model<InboundMessageDocument>) {}

  find(messageId: string, tx: Transaction): Promise<InboundMessageDocument | null> {
    return this.model.findOne({ _id: messageId }, null, { session: tx.session }).lean<InboundMessageDocument>().exec();
  }

  async keep(message: InboundMessageDocument, tx: Transaction): Promise<void> {
    await this.model.insertMany([message], { session: tx.session });
  }

  /** Counts the messages from a phone number since an instant that got a reply. */
  countReplied(from: string, since: Date, tx: Transaction): Promise<number> {
    const filter = { from, receivedAt: trusted({ $gte: since }), reply: trusted({ $exists: true }) };
    return this.model.countDocuments(filter, { session: tx.session }).exec();
  }

  /** Deletes the messages that customers wrote about these deliveries. */
  async erase(organizationId: OrganizationId, deliveryIds: readonly string[], tx: Transaction): Promise<void> {
    const filter = { organizationId, deliveryId: trusted({ $in: [...deliveryIds] }) };
    await this.model.deleteMany(filter, { session: tx.session }).exec();
  }
}
