import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { newId } from '#libs/persistence/new-id.js';
import type { StrayCallbackDocument } from '#libs/persistence/schemas/telephony/stray-callbacks.js';

/**
 * Signed webhooks about unknown calls, messages and recordings. They belong to no organization, so this is not a tenant
 * repository.
 */
@Injectable()
export class StrayCallbackRepository {
  constructor(@InjectModel('StrayCallback') private readonly model: Model<StrayCallbackDocument>) {}

  async keep(callback: Omit<StrayCallbackDocument, '_id'>): Promise<void> {
    await this.model.insertMany([{ _id: newId('stray'), ...callback }]);
  }
}
