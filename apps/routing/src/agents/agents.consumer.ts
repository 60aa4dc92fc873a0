import { Controller, Inject } from '@nestjs/common';
import {
  CreateAgent as CreateAgentRpc,
  GetAgent,
  type Agent,
  type AgentInput,
  type GetAgentRequest,
} from '#libs/contracts/index.js';
import { OnRpc, type RpcContext, type QueryContext } from '#libs/messaging/index.js';
import { toAgent } from './agent.mapper.js';
import { AgentRepository } from './agent.repository.js';
import { CreateAgent } from './create-agent.js';

@Controller()
export class AgentsConsumer {
  constructor(
    @Inject(AgentRepository) private readonly agents: AgentRepository,
    @Inject(CreateAgent) private readonly createAgent: CreateAgent,
  ) {}

  @OnRpc(CreateAgentRpc)
  async create(request: AgentInput, { organizationId, tx }: RpcContext): Promise<Agent> {
    return toAgent(await this.createAgent.execute(organizationId, request, tx));
  }

  @OnRpc(GetAgent)
  async get({ agentId }: GetAgentRequest, { organizationId }: QueryContext): Promise<Agent> {
    return toAgent(await this.agents.load(organizationId, agentId));
  }
}
