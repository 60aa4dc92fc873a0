import { Injectable } from '@nestjs/common';
import type { AgentPage, ListAgentsRequest } from '#libs/contracts/index.js';
import { decodeCursor, toPage, type OrganizationId } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { AgentLocationRepository } from './agent-location.repository.js';
import { toAgent } from './agent.mapper.js';
import { AgentRepository } from './agent.repository.js';

const AGENT_ID = /^agt_[0-9a-f]{24}$/;

/** Lists one page of agents, newest first, each with the last reported location. */
@Injectable()
export class ListAgents {
  constructor(
    private readonly agents: AgentRepository,
    private readonly locations: AgentLocationRepository,
    private readonly clock: Clock,
  ) {}

  async execute(
    organizationId: OrganizationId,
    { limit, cursor, active, skill }: ListAgentsRequest,
  ): Promise<AgentPage> {
    const before = decodeCursor(cursor, AGENT_ID);
    const found = await this.agents.findPage(organizationId, { limit: limit + 1, before, active, skill });
    const ids = found.slice(0, limit).map(({ _id }) => _id);
    const locations = await this.locations.findByAgents(organizationId, ids);
    const now = this.clock.now();
    return toPage(
      found,
      limit,
      ({ _id }) => _id,
      (agent) => toAgent(agent, locations.get(agent._id), now),
    );
  }
}
