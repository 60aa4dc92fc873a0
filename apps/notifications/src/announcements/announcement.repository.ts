import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { TenantRepository, trusted, type OrganizationId } from '#libs/persistence/index.js';
import type { AnnouncementDocument, Audience } from '#libs/persistence/schemas/notifications/announcements.js';

export const ANNOUNCEMENT_MODEL = 'Announcement';

/** Stores announcements, each once for all agents of its audience. */
@Injectable()
export class AnnouncementRepository extends TenantRepository<AnnouncementDocument> {
  constructor(@InjectModel(ANNOUNCEMENT_MODEL) model: Model<AnnouncementDocument>) {
    super(model);
  }

  /** Lists announcements before a sequence, newest first. */
  listBefore(
    organizationId: OrganizationId,
    before: number | undefined,
    limit: number,
  ): Promise<AnnouncementDocument[]> {
    const filter = before === undefined ? {} : { sequence: trusted({ $lt: before }) };
    return this.find(organizationId, filter, { sort: { sequence: -1 }, limit });
  }

  /** Lists announcements to any of these audiences after a sequence, oldest first. */
  listFor(
    organizationId: OrganizationId,
    audiences: readonly Audience[],
    after: number,
    limit: number,
  ): Promise<AnnouncementDocument[]> {
    const filter = { audience: trusted({ $in: [...audiences] }), sequence: trusted({ $gt: after }) };
    return this.find(organizationId, filter, { sort: { sequence: 1 }, limit });
  }
}
