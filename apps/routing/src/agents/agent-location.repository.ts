import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { AggregateRepository, trusted, type OrganizationId } from '#libs/persistence/index.js';
import type { AgentLocationDocument } from '#libs/persistence/schemas/routing/agent-locations.js';

/** Stores agents' last reported locations apart from the agents, so that reports do not change an agent's revision. */
@Injectable()
export class AgentLocationRepository extends AggregateRepository<AgentLocationDocument> {
  protected readonly aggregateName = 'agent location';

  constructor(@InjectModel('AgentLocation') model: Model<AgentLocationDocument>) {
    super(model);
  }

  /** Finds the last reported locations, by agent id. Agents who never reported one are absent. */
  async findByAgents(
    organizationId: OrganizationId,
    agentIds: readonly string[],
  ): Promise<ReadonlyMap<string, AgentLocationDocument>> {
    if (agentIds.length === 0) return new Map();
    const locations = await this.find(organizationId, { _id: trusted({ $in: [...agentIds] }) });
    return new Map(locations.map((location) => [location._id, location]));
  }
}
