import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { trusted, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { CallLogDocument } from '#libs/persistence/schemas/telephony/call-logs.js';
import type { InboundMessageDocument } from '#libs/persistence/schemas/telephony/inbound-messages.js';
import type { MessageDocument } from '#libs/persistence/schemas/telephony/messages.js';
import type { RecordingDocument } from '#libs/persistence/schemas/telephony/recordings.js';

/** A number that rings nowhere, for who is not known any more. */
const NO_NUMBER = '+10000000000';
const NOBODY = 'Erased';

/** Everything about a customer's deliveries, over the collections that hold it. */
@Injectable()
export class CustomerDataRepository {
  constructor(
    @InjectModel('CallLog') private readonly callLogs: Model<CallLogDocument>,
    @InjectModel('Recording') private readonly recordings: Model<RecordingDocument>,
    @InjectModel('InboundMessage') private readonly inbound: Model<InboundMessageDocument>,
    @InjectModel('Message') private readonly messages: Model<MessageDocument>,
  ) {}

  /** Whether an attempt is still open, or a recording still to be fetched. */
  async isUnderWay(organizationId: OrganizationId, deliveryIds: readonly string[]): Promise<boolean> {
    const about = { organizationId, deliveryId: trusted({ $in: [...deliveryIds] }) };
    const open = await this.callLogs.exists({ ...about, closedAt: trusted({ $exists: false }) }).exec();
    return open !== null || (await this.recordings.exists({ ...about, state: 'reported' }).exec()) !== null;
  }

  recordingsOf(organizationId: OrganizationId, deliveryIds: readonly string[]): Promise<RecordingDocument[]> {
    const about = { organizationId, deliveryId: trusted({ $in: [...deliveryIds] }) };
    return this.recordings.find(about).lean<RecordingDocument[]>().exec();
  }

  /** What is left of a call says when it was and how it ended, of a message when it was sent. */
  async forget(organizationId: OrganizationId, deliveryIds: readonly string[], tx: Transaction): Promise<void> {
    const about = { organizationId, deliveryId: trusted({ $in: [...deliveryIds] }) };
    const { session } = tx;
    const nobody = {
      phone: NO_NUMBER,
      'request.phone': NO_NUMBER,
      'request.customerName': NOBODY,
    };
    await this.callLogs
      .updateMany(about, { $set: nobody, $unset: { conversation: 1 }, $inc: { revision: 1 } }, { session })
      .exec();
    await this.recordings.deleteMany(about, { session }).exec();
    const unsaid = { $set: { body: NOBODY }, $unset: { about: 1 as const }, $inc: { revision: 1 } };
    await this.messages.updateMany(about, unsaid, { session }).exec();
    const toThem = { ...about, audience: 'customer' as const };
    await this.messages.updateMany(toThem, { $set: { to: NO_NUMBER } }, { session }).exec();
    await this.inbound.deleteMany(about, { session }).exec();
  }
}
