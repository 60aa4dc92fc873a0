import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { TenantRepository, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { AgentAccessDocument } from '#libs/persistence/schemas/gateway/agent-access.js';

/** Stores when the access of deactivated agents ended. */
@Injectable()
export class AgentAccessRepository extends TenantRepository<AgentAccessDocument> {
  constructor(@InjectModel('AgentAccess') model: Model<AgentAccessDocument>) {
    super(model);
  }

  async end(organizationId: OrganizationId, agentId: string, endedAt: Date, tx: Transaction): Promise<void> {
    await this.upsertOne(organizationId, { _id: agentId }, { $max: { endedAt } }, tx);
  }

  /** Whether the agent's credentials that were issued at this time are still valid. */
  async isOpen(organizationId: OrganizationId, agentId: string, issuedAt: Date): Promise<boolean> {
    const access = await this.findById(organizationId, agentId);
    return !access || issuedAt > access.endedAt;
  }
}
