import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '#libs/clock/clock.js';
import {
  InboxMessageAcknowledged,
  createNotFoundError,
  type AcknowledgeMessageRequest,
  type InboxMessage,
} from '#libs/contracts/index.js';
import { createAggregateEvent, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import { StopEscalation } from '../escalation/escalation.module.js';
import { AgentInboxRepository } from './agent-inbox.repository.js';
import { InboxMessageRepository } from '../messages/messages.module.js';
import { PresentMessages } from './present-messages.js';

/** Acknowledges a message and stops its escalation. A repeated request changes nothing and emits no event. */
@Injectable()
export class AcknowledgeMessage {
  private readonly logger = new Logger(AcknowledgeMessage.name);

  constructor(
    private readonly inboxes: AgentInboxRepository,
    private readonly messages: InboxMessageRepository,
    private readonly stopEscalation: StopEscalation,
    private readonly presentMessages: PresentMessages,
    private readonly clock: Clock,
  ) {}

  /** @throws CodedError `not_found`, also for another agent's message, so that its existence is not revealed */
  async execute(
    organizationId: OrganizationId,
    { agentId, messageId }: AcknowledgeMessageRequest,
    tx: Transaction,
  ): Promise<InboxMessage> {
    const message = await this.messages.findById(organizationId, messageId, tx);
    if (message?.agentId !== agentId) throw createNotFoundError('message', messageId);
    const now = this.clock.now();
    const acknowledgedMessage = await this.messages.acknowledge(organizationId, messageId, now, tx);
    if (!acknowledgedMessage) return this.presentMessages.presentOne(organizationId, message, tx);
    await this.stopEscalation.execute(messageId, tx);
    const { deliveryId, messageKind, lastChannel, createdAt } = acknowledgedMessage;
    const afterMs = Math.max(0, now.getTime() - createdAt.getTime());
    const payload = { messageId, agentId, deliveryId, messageKind, lastChannel, afterMs };
    await this.inboxes.save(tx, organizationId, await this.inboxes.load(organizationId, agentId, tx), [
      createAggregateEvent(InboxMessageAcknowledged, payload, now),
    ]);
    tx.afterCommit(() =>
      this.logger.log({ deliveryId, messageId, agentId, afterMs, lastChannel }, 'Message acknowledged'),
    );
    return this.presentMessages.presentOne(organizationId, acknowledgedMessage, tx);
  }
}
