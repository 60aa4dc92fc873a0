import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import type { Transaction } from '#libs/persistence/index.js';
import type { InboundMessageDocument } from '#libs/persistence/schemas/inbound-messages.js';

/** What people wrote to us. It belongs to no organisation, so this is no tenant's repository. */
@Injectable()
export class InboundMessageRepository {
  constructor(@InjectModel('InboundMessage') private readonly model: Model<InboundMessageDocument>) {}

  /** @returns false when it was kept before */
  async keep(message: InboundMessageDocument, tx: Transaction): Promise<boolean> {
    const { _id, ...facts } = message;
    const result = await this.model
      .updateOne({ _id }, { $setOnInsert: facts }, { upsert: true, session: tx.session })
      .exec();
    return result.upsertedCount === 1;
  }
}
