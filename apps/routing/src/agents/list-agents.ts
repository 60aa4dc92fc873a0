import { Injectable } from '@nestjs/common';
import type { AgentPage, ListAgentsRequest } from '#libs/contracts/index.js';
import { decodeCursor, pageOf, type OrganizationId } from '#libs/persistence/index.js';
import { AgentRepository } from './agent.repository.js';
import { DescribeAgents } from './describe-agents.js';

const CURSOR = /^agt_[0-9a-f]{24}$/;

/** A page of agents, newest first. */
@Injectable()
export class ListAgents {
  constructor(
    private readonly agents: AgentRepository,
    private readonly describeAgents: DescribeAgents,
  ) {}

  async execute(
    organizationId: OrganizationId,
    { limit, cursor, active, skill }: ListAgentsRequest,
  ): Promise<AgentPage> {
    const before = decodeCursor(cursor, CURSOR);
    const found = await this.agents.page(organizationId, { limit: limit + 1, before, active, skill });
    const { items, ...rest } = pageOf(
      found,
      limit,
      ({ _id }) => _id,
      (agent) => agent,
    );
    return { ...rest, items: await this.describeAgents.execute(organizationId, items) };
  }
}
