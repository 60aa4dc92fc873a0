import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { createId } from '#libs/persistence/new-id.js';
import type { UnmatchedCallbackDocument } from '#libs/persistence/schemas/telephony/unmatched-callbacks.js';

/**
 * Stores signed webhooks about unknown calls, messages and recordings. They belong to no organization, so this is not a
 * tenant repository.
 */
@Injectable()
export class UnmatchedCallbackRepository {
  constructor(@InjectModel('UnmatchedCallback') private readonly model: Model<UnmatchedCallbackDocument>) {}

  async keep(callback: Omit<UnmatchedCallbackDocument, '_id'>): Promise<void> {
    await this.model.insertMany([{ _id: createId('stray'), ...callback }]);
  }
}
