import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { AggregateRepository, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { AgentInboxDocument } from '#libs/persistence/schemas/notifications/agent-inboxes.js';

export const AGENT_INBOX_MODEL = 'AgentInbox';

/** Stores each inbox's last message sequence. The messages are separate documents. */
@Injectable()
export class AgentInboxRepository extends AggregateRepository<AgentInboxDocument> {
  protected readonly aggregateName = 'inbox';

  constructor(@InjectModel(AGENT_INBOX_MODEL) model: Model<AgentInboxDocument>) {
    super(model);
  }

  /**
   * Loads the agent's inbox, or creates an empty one: an event about a delivery may arrive before the agent's creation.
   */
  async loadOrCreate(organizationId: OrganizationId, agentId: string, tx: Transaction): Promise<AgentInboxDocument> {
    const inbox = await this.findById(organizationId, agentId, tx);
    return inbox ?? this.create(tx, organizationId, { _id: agentId, lastMessageSequence: 0 });
  }
}
