import { Injectable } from '@nestjs/common';
import {
  CodedError,
  InboxMessageListened,
  createNotFoundError,
  type InboxMessage,
  type ReportListenedRequest,
} from '#libs/contracts/index.js';
import { createAggregateEvent, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { AgentInboxRepository } from './agent-inbox.repository.js';
import { InboxMessageRepository } from '../messages/messages.module.js';
import { PresentMessages } from './present-messages.js';

/** Records that the agent listened to the customer's recording. A repeated request emits no event. */
@Injectable()
export class ReportListened {
  constructor(
    private readonly inboxes: AgentInboxRepository,
    private readonly messages: InboxMessageRepository,
    private readonly presentMessages: PresentMessages,
    private readonly clock: Clock,
  ) {}

  /** @throws CodedError `not_found`, also for another agent's message; `nothing_to_hear` if it has no recording */
  async execute(
    organizationId: OrganizationId,
    { agentId, messageId }: ReportListenedRequest,
    tx: Transaction,
  ): Promise<InboxMessage> {
    const message = await this.messages.findById(organizationId, messageId, tx);
    if (message?.agentId !== agentId) throw createNotFoundError('message', messageId);
    const { deliveryId, recordingId } = message;
    if (recordingId === undefined) throw new CodedError('nothing_to_hear', 'This message has no recording.');
    const now = this.clock.now();
    const updatedMessage = await this.messages.markListened(organizationId, messageId, now, tx);
    if (!updatedMessage) return this.presentMessages.presentOne(organizationId, message, tx);
    await this.inboxes.save(tx, organizationId, await this.inboxes.load(organizationId, agentId, tx), [
      createAggregateEvent(InboxMessageListened, { messageId, agentId, deliveryId, recordingId }, now),
    ]);
    return this.presentMessages.presentOne(organizationId, updatedMessage, tx);
  }
}
