import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { AggregateRepository, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { AnnouncementBoardDocument } from '#libs/persistence/schemas/notifications/announcement-boards.js';

export const ANNOUNCEMENT_BOARD_MODEL = 'AnnouncementBoard';

/** Stores the sequence of each organization's last announcement. */
@Injectable()
export class AnnouncementBoardRepository extends AggregateRepository<AnnouncementBoardDocument> {
  protected readonly aggregateName = 'announcement board';

  constructor(@InjectModel(ANNOUNCEMENT_BOARD_MODEL) model: Model<AnnouncementBoardDocument>) {
    super(model);
  }

  /** Loads the organization's board, or creates an empty one before the first announcement. */
  async loadOrCreate(organizationId: OrganizationId, tx: Transaction): Promise<AnnouncementBoardDocument> {
    const board = await this.findById(organizationId, organizationId, tx);
    return board ?? this.create(tx, organizationId, { _id: organizationId, lastAnnouncementSequence: 0 });
  }

  /** @returns the sequence of the last announcement; 0 before the first one */
  async findLastSequence(organizationId: OrganizationId, tx?: Transaction): Promise<number> {
    return (await this.findById(organizationId, organizationId, tx))?.lastAnnouncementSequence ?? 0;
  }
}
