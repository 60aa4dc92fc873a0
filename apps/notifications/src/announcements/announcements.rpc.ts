import { Controller } from '@nestjs/common';
import {
  ConfirmAnnouncementsRpc,
  ListAnnouncementsRpc,
  PublishAnnouncementRpc,
  ReadAnnouncementsRpc,
  type AgentAnnouncements,
  type Announcement,
  type AnnouncementInput,
  type AnnouncementPage,
  type AnnouncementsReadPayload,
  type ConfirmAnnouncementsRequest,
  type ListAnnouncementsRequest,
  type ReadAnnouncementsRequest,
} from '#libs/contracts/index.js';
import { OnRpc, type QueryContext, type CommandContext } from '#libs/messaging/index.js';
import { ConfirmAnnouncements } from './confirm-announcements.js';
import { ListAnnouncements } from './list-announcements.js';
import { PublishAnnouncement } from './publish-announcement.js';
import { ReadAnnouncements } from './read-announcements.js';

/** Queries and commands about announcements. */
@Controller()
export class AnnouncementsRpc {
  constructor(
    private readonly publishAnnouncement: PublishAnnouncement,
    private readonly listAnnouncements: ListAnnouncements,
    private readonly readAnnouncements: ReadAnnouncements,
    private readonly confirmAnnouncements: ConfirmAnnouncements,
  ) {}

  @OnRpc(PublishAnnouncementRpc)
  publish(request: AnnouncementInput, { organizationId, tx }: CommandContext): Promise<Announcement> {
    return this.publishAnnouncement.execute(organizationId, request, tx);
  }

  @OnRpc(ListAnnouncementsRpc)
  list(request: ListAnnouncementsRequest, { organizationId }: QueryContext): Promise<AnnouncementPage> {
    return this.listAnnouncements.execute(organizationId, request);
  }

  @OnRpc(ReadAnnouncementsRpc)
  read(request: ReadAnnouncementsRequest, { organizationId }: QueryContext): Promise<AgentAnnouncements> {
    return this.readAnnouncements.execute(organizationId, request);
  }

  @OnRpc(ConfirmAnnouncementsRpc)
  confirm(
    request: ConfirmAnnouncementsRequest,
    { organizationId, tx }: CommandContext,
  ): Promise<AnnouncementsReadPayload> {
    return this.confirmAnnouncements.execute(organizationId, request, tx);
  }
}
