import { Injectable } from '@nestjs/common';
import type { AnnouncementPage, ListAnnouncementsRequest } from '#libs/contracts/index.js';
import { decodeCursor, toPage, type OrganizationId } from '#libs/persistence/index.js';
import { AnnouncementRepository } from './announcement.repository.js';
import { toAnnouncement } from './to-announcement.js';

/** A sequence in a page cursor. At most 15 digits, so that it is a safe integer. */
const SEQUENCE = /^[1-9]\d{0,14}$/;

/** Lists the organization's announcements, newest first. */
@Injectable()
export class ListAnnouncements {
  constructor(private readonly announcements: AnnouncementRepository) {}

  async execute(organizationId: OrganizationId, request: ListAnnouncementsRequest): Promise<AnnouncementPage> {
    const before = decodeCursor(request.cursor, SEQUENCE);
    const sequence = before === undefined ? undefined : Number(before);
    const documents = await this.announcements.listBefore(organizationId, sequence, request.limit + 1);
    return toPage(documents, request.limit, (document) => String(document.sequence), toAnnouncement);
  }
}
