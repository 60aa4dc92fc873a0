import { Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { AgentInput, CreateAgent, GetAgent, type Agent } from '#libs/contracts/index.js';
import { RpcClient } from '#libs/messaging/index.js';
import { Allow, AsMember } from '../access/access.guard.js';
import { AgentTokens } from '../access/agent-tokens.js';
import type { Member } from '../access/identity.js';
import { ContractBody } from '../http/contract-body.js';
import { CommandId } from '../http/idempotency.js';

@Controller('v1/agents')
export class AgentsController {
  constructor(
    @Inject(RpcClient) private readonly rpc: RpcClient,
    @Inject(AgentTokens) private readonly tokens: AgentTokens,
  ) {}

  @Post()
  @Allow('agents:write')
  @HttpCode(201)
  create(
    @ContractBody(AgentInput) input: AgentInput,
    @AsMember() { organizationId }: Member,
    @CommandId() command: { commandId?: string },
  ): Promise<Agent> {
    return this.rpc.call(CreateAgent, input, { organizationId, ...command });
  }

  @Get(':agentId')
  @Allow('agents:read')
  get(@Param('agentId') agentId: string, @AsMember() { organizationId }: Member): Promise<Agent> {
    return this.rpc.call(GetAgent, { agentId }, { organizationId });
  }

  /** An access token for the agent's own application; only for agents that exist. */
  @Post(':agentId/tokens')
  @Allow('agent-tokens:create')
  @HttpCode(201)
  async issueToken(
    @Param('agentId') agentId: string,
    @AsMember() { organizationId }: Member,
  ): Promise<{ token: string; expiresInSeconds: number }> {
    const agent = await this.rpc.call(GetAgent, { agentId }, { organizationId });
    return this.tokens.issue(organizationId, agent.agentId);
  }
}
