import { Controller } from '@nestjs/common';
import {
  ConfirmAnnouncements,
  ListAnnouncements,
  PublishAnnouncement,
  ReadAnnouncements,
  type AgentAnnouncements,
  type Announcement,
  type AnnouncementInput,
  type AnnouncementPage,
  type AnnouncementsReadPayload,
  type ConfirmAnnouncementsRequest,
  type ListAnnouncementsRequest,
  type ReadAnnouncementsRequest,
} from '#libs/contracts/index.js';
import { OnRpc, type QueryContext, type RpcContext } from '#libs/messaging/index.js';
import { ConfirmAnnouncementsUseCase } from './announcements/confirm-announcements.js';
import { ListAnnouncementsUseCase } from './announcements/list-announcements.js';
import { PublishAnnouncementUseCase } from './announcements/publish-announcement.js';
import { ReadAnnouncementsUseCase } from './announcements/read-announcements.js';

/** What may be asked of announcements. */
@Controller()
export class AnnouncementsRpc {
  constructor(
    private readonly publishAnnouncement: PublishAnnouncementUseCase,
    private readonly listAnnouncements: ListAnnouncementsUseCase,
    private readonly readAnnouncements: ReadAnnouncementsUseCase,
    private readonly confirmAnnouncements: ConfirmAnnouncementsUseCase,
  ) {}

  @OnRpc(PublishAnnouncement)
  publish(request: AnnouncementInput, { organizationId, tx }: RpcContext): Promise<Announcement> {
    return this.publishAnnouncement.execute(organizationId, request, tx);
  }

  @OnRpc(ListAnnouncements)
  list(request: ListAnnouncementsRequest, { organizationId }: QueryContext): Promise<AnnouncementPage> {
    return this.listAnnouncements.execute(organizationId, request);
  }

  @OnRpc(ReadAnnouncements)
  read(request: ReadAnnouncementsRequest, { organizationId }: QueryContext): Promise<AgentAnnouncements> {
    return this.readAnnouncements.execute(organizationId, request);
  }

  @OnRpc(ConfirmAnnouncements)
  confirm(request: ConfirmAnnouncementsRequest, { organizationId, tx }: RpcContext): Promise<AnnouncementsReadPayload> {
    return this.confirmAnnouncements.execute(organizationId, request, tx);
  }
}
