import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { newId } from '#libs/persistence/new-id.js';
import type { StrayCallbackDocument } from '#libs/persistence/schemas/telephony/stray-callbacks.js';

/** Genuine webhooks about something we do not know. They belong to no organisation, so this is no tenant's repository. */
@Injectable()
export class StrayCallbackRepository {
  constructor(@InjectModel('StrayCallback') private readonly model: Model<StrayCallbackDocument>) {}

  async keep(stray: Omit<StrayCallbackDocument, '_id'>): Promise<void> {
    await this.model.insertMany([{ _id: newId('stray'), ...stray }]);
  }
}
