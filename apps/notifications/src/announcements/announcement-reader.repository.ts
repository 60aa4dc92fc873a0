import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { AggregateRepository } from '#libs/persistence/index.js';
import type { AnnouncementReaderDocument } from '#libs/persistence/schemas/notifications/announcement-readers.js';

export const ANNOUNCEMENT_READER_MODEL = 'AnnouncementReader';

/** Stores each agent's skills and the sequence up to which the agent has read announcements. */
@Injectable()
export class AnnouncementReaderRepository extends AggregateRepository<AnnouncementReaderDocument> {
  protected readonly aggregateName = 'agent';

  constructor(@InjectModel(ANNOUNCEMENT_READER_MODEL) model: Model<AnnouncementReaderDocument>) {
    super(model);
  }
}
