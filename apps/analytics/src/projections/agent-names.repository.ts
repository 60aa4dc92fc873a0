import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { TenantRepository, trusted, type OrganizationId } from '#libs/persistence/index.js';
import type { AgentProjectionDocument } from '#libs/persistence/schemas/analytics/agent-projections.js';

/** Reads agents' names from the agents projection. */
@Injectable()
export class AgentNamesRepository extends TenantRepository<AgentProjectionDocument> {
  constructor(@InjectModel('agents') model: Model<AgentProjectionDocument>) {
    super(model);
  }

  async findNames(organizationId: OrganizationId, agentIds: readonly string[]): Promise<Map<string, string>> {
    const agents = await this.find(organizationId, { _id: trusted({ $in: [...agentIds] }) });
    return new Map(agents.flatMap(({ _id, newest }) => (newest.name ? [[_id, newest.name.value] as const] : [])));
  }
}
