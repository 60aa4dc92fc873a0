import { Injectable } from '@nestjs/common';
import type { Agent } from '#libs/contracts/index.js';
import type { OrganizationId } from '#libs/persistence/index.js';
import type { AgentDocument } from '#libs/persistence/schemas/routing/agents.js';
import { Clock } from '#libs/clock/clock.js';
import { AgentLocationRepository } from './agent-location.repository.js';
import { toAgent } from './agent.mapper.js';

/** Returns the public representation of an agent, with the last reported location. */
@Injectable()
export class DescribeAgent {
  constructor(
    private readonly locations: AgentLocationRepository,
    private readonly clock: Clock,
  ) {}

  async execute(organizationId: OrganizationId, agent: AgentDocument): Promise<Agent> {
    const locations = await this.locations.findByAgents(organizationId, [agent._id]);
    return toAgent(agent, locations.get(agent._id), this.clock.now());
  }
}
