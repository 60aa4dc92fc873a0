import { Controller } from '@nestjs/common';
import {
  Announcement,
  AnnouncementInput,
  AnnouncementPage,
  IntegerField,
  ListAnnouncementsRpc,
  PublishAnnouncementRpc,
  TextField,
} from '#libs/contracts/index.js';
import { RpcClient } from '#libs/messaging/index.js';
import { AsCaller, Caller, ContractBody, ContractQuery, Operation } from '../requests/requests.module.js';

const DEFAULT_PAGE_SIZE = 50;

class AnnouncementsQuery {
  @IntegerField({ optional: true, min: 1, max: 200 }) limit?: number;
  @TextField({ optional: true, max: 200 }) cursor?: string;
}

/** Announcements to many agents at once. */
@Controller('v1/announcements')
export class AnnouncementsController {
  constructor(private readonly rpc: RpcClient) {}

  @Operation('POST', '', {
    id: 'publishAnnouncement',
    summary:
      'Publishes an announcement to all agents, or to agents with a skill. Agents who are offline read it later.',
    access: 'announcements:write',
    body: AnnouncementInput,
    reply: Announcement,
  })
  publish(
    @ContractBody(AnnouncementInput) input: AnnouncementInput,
    @AsCaller() caller: Caller,
  ): Promise<Announcement> {
    return this.rpc.call(PublishAnnouncementRpc, input, caller.options);
  }

  @Operation('GET', '', {
    id: 'listAnnouncements',
    summary: 'Lists the organization’s announcements, newest first.',
    access: 'announcements:write',
    query: AnnouncementsQuery,
    reply: AnnouncementPage,
  })
  list(
    @ContractQuery(AnnouncementsQuery) query: AnnouncementsQuery,
    @AsCaller() caller: Caller,
  ): Promise<AnnouncementPage> {
    return this.rpc.call(ListAnnouncementsRpc, { ...query, limit: query.limit ?? DEFAULT_PAGE_SIZE }, caller.options);
  }
}
