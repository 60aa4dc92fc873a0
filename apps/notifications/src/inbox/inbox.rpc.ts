import { Controller } from '@nestjs/common';
import {
  AcknowledgeMessageRpc,
  ListInboxRpc,
  ReportListenedRpc,
  type AcknowledgeMessageRequest,
  type InboxMessage,
  type InboxPage,
  type ListInboxRequest,
  type ReportListenedRequest,
} from '#libs/contracts/index.js';
import { OnRpc, type QueryContext, type CommandContext } from '#libs/messaging/index.js';
import { AcknowledgeMessage } from './acknowledge-message.js';
import { ListInbox } from './list-inbox.js';
import { ReportListened } from './report-listened.js';

/** Queries and commands about an agent's inbox. */
@Controller()
export class InboxRpc {
  constructor(
    private readonly acknowledgeMessage: AcknowledgeMessage,
    private readonly reportListened: ReportListened,
    private readonly listInbox: ListInbox,
  ) {}

  @OnRpc(AcknowledgeMessageRpc)
  acknowledge(request: AcknowledgeMessageRequest, { organizationId, tx }: CommandContext): Promise<InboxMessage> {
    return this.acknowledgeMessage.execute(organizationId, request, tx);
  }

  @OnRpc(ReportListenedRpc)
  listened(request: ReportListenedRequest, { organizationId, tx }: CommandContext): Promise<InboxMessage> {
    return this.reportListened.execute(organizationId, request, tx);
  }

  @OnRpc(ListInboxRpc)
  list(request: ListInboxRequest, { organizationId }: QueryContext): Promise<InboxPage> {
    return this.listInbox.execute(organizationId, request);
  }
}
