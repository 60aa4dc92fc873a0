import { Controller } from '@nestjs/common';
import {
  GetAgentRpc,
  ListAgentsRpc,
  ReportAgentLocationRpc,
  type Agent,
  type AgentLocation,
  type AgentPage,
  type GetAgentRequest,
  type ListAgentsRequest,
  type ReportAgentLocationRequest,
} from '#libs/contracts/index.js';
import { OnRpc, type QueryContext, type CommandContext } from '#libs/messaging/index.js';
import { AgentRepository } from './agent.repository.js';
import { DescribeAgent } from './describe-agent.js';
import { ListAgents } from './list-agents.js';
import { ReportAgentLocation } from './report-agent-location.js';

/** Queries of agents, and reports of their locations. */
@Controller()
export class AgentsRpc {
  constructor(
    private readonly agents: AgentRepository,
    private readonly describeAgent: DescribeAgent,
    private readonly listAgents: ListAgents,
    private readonly reportLocation: ReportAgentLocation,
  ) {}

  @OnRpc(GetAgentRpc)
  async get({ agentId }: GetAgentRequest, { organizationId }: QueryContext): Promise<Agent> {
    return this.describeAgent.execute(organizationId, await this.agents.load(organizationId, agentId));
  }

  @OnRpc(ListAgentsRpc)
  list(request: ListAgentsRequest, { organizationId }: QueryContext): Promise<AgentPage> {
    return this.listAgents.execute(organizationId, request);
  }

  @OnRpc(ReportAgentLocationRpc)
  saveLocation(request: ReportAgentLocationRequest, { organizationId, tx }: CommandContext): Promise<AgentLocation> {
    return this.reportLocation.execute(organizationId, request, tx);
  }
}
