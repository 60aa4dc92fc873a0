import { Controller } from '@nestjs/common';
import {
  CreateAgentRpc,
  DeactivateAgentRpc,
  GetAgentRpc,
  ListAgentsRpc,
  PutAgentShiftsRpc,
  ReportAgentLocationRpc,
  SetAgentAvailabilityRpc,
  UpdateAgentRpc,
  type Agent,
  type AgentInput,
  type AgentLocation,
  type AgentPage,
  type DeactivateAgentRequest,
  type GetAgentRequest,
  type ListAgentsRequest,
  type PutAgentShiftsRequest,
  type ReportAgentLocationRequest,
  type SetAgentAvailabilityRequest,
  type UpdateAgentRequest,
} from '#libs/contracts/index.js';
import { OnRpc, type QueryContext, type RpcContext } from '#libs/messaging/index.js';
import type { OrganizationId } from '#libs/persistence/index.js';
import type { AgentDocument } from '#libs/persistence/schemas/routing/agents.js';
import { AgentRepository } from './agent.repository.js';
import { CreateAgent } from './create-agent.js';
import { DeactivateAgent } from './deactivate-agent.js';
import { DescribeAgents } from './describe-agents.js';
import { ListAgents } from './list-agents.js';
import { PutAgentShifts } from './put-agent-shifts.js';
import { ReportAgentLocation } from './report-agent-location.js';
import { SetAgentAvailability } from './set-agent-availability.js';
import { UpdateAgent } from './update-agent.js';

/** What other apps ask about agents. */
@Controller()
export class AgentsConsumer {
  constructor(
    private readonly agents: AgentRepository,
    private readonly describeAgents: DescribeAgents,
    private readonly listAgents: ListAgents,
    private readonly createAgent: CreateAgent,
    private readonly updateAgent: UpdateAgent,
    private readonly putShifts: PutAgentShifts,
    private readonly setAvailability: SetAgentAvailability,
    private readonly reportLocation: ReportAgentLocation,
    private readonly deactivateAgent: DeactivateAgent,
  ) {}

  @OnRpc(CreateAgentRpc)
  async create(request: AgentInput, { organizationId, tx }: RpcContext): Promise<Agent> {
    return this.described(organizationId, await this.createAgent.execute(organizationId, request, tx));
  }

  @OnRpc(GetAgentRpc)
  async get({ agentId }: GetAgentRequest, { organizationId }: QueryContext): Promise<Agent> {
    return this.described(organizationId, await this.agents.load(organizationId, agentId));
  }

  @OnRpc(ListAgentsRpc)
  list(request: ListAgentsRequest, { organizationId }: QueryContext): Promise<AgentPage> {
    return this.listAgents.execute(organizationId, request);
  }

  @OnRpc(UpdateAgentRpc)
  async update(request: UpdateAgentRequest, { organizationId, tx }: RpcContext): Promise<Agent> {
    return this.described(organizationId, await this.updateAgent.execute(organizationId, request, tx));
  }

  @OnRpc(PutAgentShiftsRpc)
  async shifts(request: PutAgentShiftsRequest, { organizationId, tx }: RpcContext): Promise<Agent> {
    return this.described(organizationId, await this.putShifts.execute(organizationId, request, tx));
  }

  @OnRpc(SetAgentAvailabilityRpc)
  async availability(request: SetAgentAvailabilityRequest, { organizationId, tx }: RpcContext): Promise<Agent> {
    return this.described(organizationId, await this.setAvailability.execute(organizationId, request, tx));
  }

  @OnRpc(ReportAgentLocationRpc)
  location(request: ReportAgentLocationRequest, { organizationId, tx }: RpcContext): Promise<AgentLocation> {
    return this.reportLocation.execute(organizationId, request, tx);
  }

  @OnRpc(DeactivateAgentRpc)
  async deactivate(request: DeactivateAgentRequest, { organizationId, tx }: RpcContext): Promise<Agent> {
    return this.described(organizationId, await this.deactivateAgent.execute(organizationId, request, tx));
  }

  private async described(organizationId: OrganizationId, agent: AgentDocument): Promise<Agent> {
    const [described] = await this.describeAgents.execute(organizationId, [agent]);
    if (!described) throw new Error(`Agent ${agent._id} was described as nobody.`);
    return described;
  }
}
