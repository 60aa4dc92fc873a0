import { Injectable } from '@nestjs/common';
import type { InboxPage, ListInboxRequest } from '#libs/contracts/index.js';
import type { OrganizationId } from '#libs/persistence/index.js';
import { InboxMessageRepository } from '../messages/messages.module.js';
import { PresentMessages } from './present-messages.js';

/** Lists an agent's messages after a sequence, oldest first. The agent's app calls it after a reconnect. */
@Injectable()
export class ListInbox {
  constructor(
    private readonly messages: InboxMessageRepository,
    private readonly presentMessages: PresentMessages,
  ) {}

  async execute(organizationId: OrganizationId, request: ListInboxRequest): Promise<InboxPage> {
    const { agentId, afterSequence, limit } = request;
    const messages = await this.messages.listAfter(organizationId, agentId, afterSequence, limit);
    return { items: await this.presentMessages.execute(organizationId, messages) };
  }
}
