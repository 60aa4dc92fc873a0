import { Injectable } from '@nestjs/common';
import type { AgentAnnouncements, ReadAnnouncementsRequest } from '#libs/contracts/index.js';
import type { OrganizationId } from '#libs/persistence/index.js';
import { AnnouncementBoardRepository } from './announcement-board.repository.js';
import { AnnouncementReaderRepository } from './announcement-reader.repository.js';
import { AnnouncementRepository } from './announcement.repository.js';
import { toAudiences, toAnnouncement } from './to-announcement.js';

/**
 * Lists the announcements to one agent after a sequence. An agent whose `AgentCreated` event has not arrived yet
 * gets only announcements to all agents.
 */
@Injectable()
export class ReadAnnouncements {
  constructor(
    private readonly announcements: AnnouncementRepository,
    private readonly boards: AnnouncementBoardRepository,
    private readonly readers: AnnouncementReaderRepository,
  ) {}

  async execute(
    organizationId: OrganizationId,
    { agentId, after, limit }: ReadAnnouncementsRequest,
  ): Promise<AgentAnnouncements> {
    // Reads the last sequence before the list: an announcement published in between has a higher sequence, and
    // the next request finds it.
    const [lastSequence, reader] = await Promise.all([
      this.boards.findLastSequence(organizationId),
      this.readers.findById(organizationId, agentId),
    ]);
    const readUpTo = reader?.readUpTo ?? 0;
    const skills = reader?.skills ?? [];
    const afterSequence = after ?? readUpTo;
    const announcements = await this.announcements.listFor(organizationId, toAudiences(skills), afterSequence, limit);
    const lastListedSequence = announcements.at(-1)?.sequence;
    // A full page ends at its last item. A shorter page has covered everything up to the last sequence.
    const upTo =
      announcements.length === limit
        ? (lastListedSequence ?? afterSequence)
        : Math.max(afterSequence, lastSequence, lastListedSequence ?? 0);
    return { items: announcements.map(toAnnouncement), upTo, readUpTo, skills };
  }
}
