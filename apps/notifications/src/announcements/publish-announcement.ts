import { Injectable } from '@nestjs/common';
import { AnnouncementPublished, type Announcement, type AnnouncementInput } from '#libs/contracts/index.js';
import { createAggregateEvent, createId, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { AnnouncementBoardRepository } from './announcement-board.repository.js';
import { AnnouncementRepository } from './announcement.repository.js';
import { toAudience, toAnnouncement } from './to-announcement.js';

/** Publishes an announcement by storing one document, which each agent reads when their cursor reaches it. */
@Injectable()
export class PublishAnnouncement {
  constructor(
    private readonly boards: AnnouncementBoardRepository,
    private readonly announcements: AnnouncementRepository,
    private readonly clock: Clock,
  ) {}

  async execute(organizationId: OrganizationId, input: AnnouncementInput, tx: Transaction): Promise<Announcement> {
    const now = this.clock.now();
    const board = await this.boards.loadOrCreate(organizationId, tx);
    const sequence = board.lastAnnouncementSequence + 1;
    const document = {
      _id: createId('ann'),
      sequence,
      text: input.text,
      audience: toAudience(input.skill),
      createdAt: now,
    };
    const announcement = toAnnouncement(document);
    await this.announcements.insert(organizationId, document, tx);
    await this.boards.save(tx, organizationId, { ...board, lastAnnouncementSequence: sequence }, [
      createAggregateEvent(AnnouncementPublished, announcement, now),
    ]);
    return announcement;
  }
}
