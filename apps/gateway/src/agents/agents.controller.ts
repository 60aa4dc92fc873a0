import { Controller, Inject, Param } from '@nestjs/common';
import { Agent, AgentInput, CreateAgent, GetAgent, IntegerField, TextField } from '#libs/contracts/index.js';
import { RpcClient } from '#libs/messaging/index.js';
import { AgentTokens } from '../access/agent-tokens.js';
import { AsCaller, Caller } from '../access/caller.js';
import { ContractBody } from '../http/contract-body.js';
import { Operation } from '../http/operation.js';

class AgentToken {
  @TextField({ max: 4000 }) token!: string;
  @IntegerField({ min: 1 }) expiresInSeconds!: number;
}

@Controller('v1/agents')
export class AgentsController {
  constructor(
    @Inject(RpcClient) private readonly rpc: RpcClient,
    @Inject(AgentTokens) private readonly tokens: AgentTokens,
  ) {}

  @Operation('POST', '', {
    id: 'createAgent',
    summary: 'Adds an agent.',
    access: 'agents:write',
    body: AgentInput,
    reply: Agent,
  })
  create(@ContractBody(AgentInput) input: AgentInput, @AsCaller() caller: Caller): Promise<Agent> {
    return this.rpc.call(CreateAgent, input, caller.options);
  }

  @Operation('GET', ':agentId', {
    id: 'getAgent',
    summary: 'One agent.',
    access: 'agents:read',
    reply: Agent,
  })
  get(@Param('agentId') agentId: string, @AsCaller() caller: Caller): Promise<Agent> {
    return this.rpc.call(GetAgent, { agentId }, caller.options);
  }

  @Operation('POST', ':agentId/tokens', {
    id: 'issueAgentToken',
    summary: 'An access token for the agent’s own application.',
    access: 'agent-tokens:create',
    reply: AgentToken,
    idempotent: false,
  })
  async issueToken(@Param('agentId') agentId: string, @AsCaller() caller: Caller): Promise<AgentToken> {
    const agent = await this.rpc.call(GetAgent, { agentId }, caller.options);
    return this.tokens.issue(caller.organizationId, agent.agentId);
  }
}
