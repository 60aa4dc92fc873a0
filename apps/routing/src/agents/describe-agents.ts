import { Injectable } from '@nestjs/common';
import type { Agent } from '#libs/contracts/index.js';
import type { OrganizationId } from '#libs/persistence/index.js';
import type { AgentDocument } from '#libs/persistence/schemas/routing/agents.js';
import { Clock } from '#libs/clock/clock.js';
import { AgentLocationRepository } from './agent-location.repository.js';
import { toAgent } from './agent.mapper.js';

/** Agents as others see them, with where they were last seen. */
@Injectable()
export class DescribeAgents {
  constructor(
    private readonly locations: AgentLocationRepository,
    private readonly clock: Clock,
  ) {}

  async execute(organizationId: OrganizationId, agents: readonly AgentDocument[]): Promise<Agent[]> {
    const now = this.clock.now();
    const ids = agents.map(({ _id }) => _id);
    const locations = await this.locations.ofAgents(organizationId, ids);
    return agents.map((agent) => toAgent(agent, locations.get(agent._id), now));
  }
}
