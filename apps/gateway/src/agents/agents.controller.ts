import { Controller, Param } from '@nestjs/common';
import {
  Agent,
  AgentChanges,
  AgentInput,
  AgentLocation,
  AgentLocationInput,
  AgentPage,
  AgentShifts,
  AvailabilityInput,
  ChoiceField,
  CodedError,
  CreateAgentRpc,
  DeactivateAgentRpc,
  AgentPerformance,
  GetAgentRpc,
  GetAgentPerformanceRpc,
  IntegerField,
  ListAgentsRpc,
  PutAgentShiftsRpc,
  ReportAgentLocationRpc,
  SetAgentAvailabilityRpc,
  TextField,
  UpdateAgentRpc,
} from '#libs/contracts/index.js';
import { RpcClient } from '#libs/messaging/index.js';
import { AgentTokens } from '../authentication/authentication.module.js';
import { AsCaller, Caller, ContractBody, ContractQuery, Operation } from '../requests/requests.module.js';
import { AsIdempotentCommand, type IdempotentCommand, IdempotentCommands } from '../idempotency/idempotency.module.js';

const DEFAULT_PAGE_SIZE = 50;

class AgentsQuery {
  @IntegerField({ optional: true, min: 1, max: 200 }) limit?: number;
  @TextField({ optional: true, max: 200 }) cursor?: string;
  @ChoiceField(['true', 'false'], { optional: true }) active?: 'true' | 'false';
  @TextField({ optional: true, max: 40 }) skill?: string;
}

const AGENT_EXAMPLE = {
  name: 'Ana Ruiz',
  phone: '+13125550199',
  position: [-87.63, 41.88],
  skills: ['two_person'],
  shift: { start: '2026-03-03T14:00:00Z', end: '2026-03-03T22:00:00Z' },
  capacity: { count: 40 },
  experience: 0.5,
};

class AgentToken {
  @TextField({ max: 4000 }) token!: string;
  @IntegerField({ min: 1 }) expiresInSeconds!: number;
}

/** Agents of an organization: their data, shifts, positions, availability and tokens. */
@Controller('v1/agents')
export class AgentsController {
  constructor(
    private readonly rpc: RpcClient,
    private readonly tokens: AgentTokens,
    private readonly commands: IdempotentCommands,
  ) {}

  @Operation('POST', '', {
    id: 'createAgent',
    summary: 'Adds an agent.',
    access: 'agents:write',
    body: AgentInput,
    reply: Agent,
    etag: true,
    examples: { body: AGENT_EXAMPLE },
  })
  create(@ContractBody(AgentInput) input: AgentInput, @AsCaller() caller: Caller): Promise<Agent> {
    return this.rpc.call(CreateAgentRpc, input, caller.options);
  }

  @Operation('GET', '', {
    id: 'listAgents',
    summary: 'Lists agents, newest first.',
    access: 'agents:read',
    query: AgentsQuery,
    reply: AgentPage,
  })
  list(@ContractQuery(AgentsQuery) query: AgentsQuery, @AsCaller() caller: Caller): Promise<AgentPage> {
    const { limit = DEFAULT_PAGE_SIZE, active, ...filter } = query;
    const activeFilter = active === undefined ? {} : { active: active === 'true' };
    return this.rpc.call(ListAgentsRpc, { ...filter, ...activeFilter, limit }, caller.options);
  }

  @Operation('GET', ':agentId', {
    id: 'getAgent',
    summary: 'Returns an agent.',
    access: 'agents:read',
    reply: Agent,
    etag: true,
  })
  get(@Param('agentId') agentId: string, @AsCaller() caller: Caller): Promise<Agent> {
    return this.rpc.call(GetAgentRpc, { agentId }, caller.options);
  }

  @Operation('GET', ':agentId/performance', {
    id: 'getAgentPerformance',
    summary: 'Returns the outcomes of an agent’s deliveries, with their confidence.',
    access: 'agents:read',
    reply: AgentPerformance,
  })
  getPerformance(@Param('agentId') agentId: string, @AsCaller() caller: Caller): Promise<AgentPerformance> {
    return this.rpc.call(GetAgentPerformanceRpc, { agentId }, caller.options);
  }

  @Operation('PATCH', ':agentId', {
    id: 'updateAgent',
    summary: 'Changes an agent. Fields that are left out stay unchanged.',
    access: 'agents:write',
    body: AgentChanges,
    reply: Agent,
    errors: UpdateAgentRpc.errors,
    etag: true,
    ifMatch: true,
  })
  update(
    @Param('agentId') agentId: string,
    @ContractBody(AgentChanges) changes: AgentChanges,
    @AsCaller() caller: Caller,
  ): Promise<Agent> {
    return this.rpc.call(UpdateAgentRpc, { agentId, changes, ...caller.expected }, caller.options);
  }

  @Operation('PUT', ':agentId/shift', {
    id: 'putAgentShift',
    summary: 'Replaces an agent’s shifts. Unacknowledged deliveries outside the new shifts are replanned immediately.',
    access: 'agents:write',
    body: AgentShifts,
    reply: Agent,
    errors: PutAgentShiftsRpc.errors,
    etag: true,
    ifMatch: true,
  })
  putShifts(
    @Param('agentId') agentId: string,
    @ContractBody(AgentShifts) shifts: AgentShifts,
    @AsCaller() caller: Caller,
  ): Promise<Agent> {
    return this.rpc.call(PutAgentShiftsRpc, { agentId, ...shifts, ...caller.expected }, caller.options);
  }

  @Operation('PUT', ':agentId/location', {
    id: 'putAgentLocation',
    summary: 'Sets an agent’s position, as a dispatcher knows it. A position older than the stored one is ignored.',
    access: 'agents:write',
    body: AgentLocationInput,
    reply: AgentLocation,
    errors: ReportAgentLocationRpc.errors,
  })
  putLocation(
    @Param('agentId') agentId: string,
    @ContractBody(AgentLocationInput) location: AgentLocationInput,
    @AsCaller() caller: Caller,
  ): Promise<AgentLocation> {
    return this.rpc.call(ReportAgentLocationRpc, { agentId, ...location }, caller.options);
  }

  @Operation('PUT', ':agentId/availability', {
    id: 'putAgentAvailability',
    summary:
      'Sets whether an agent can work. Unacknowledged deliveries of an unavailable agent are reassigned immediately.',
    access: 'agents:write',
    body: AvailabilityInput,
    reply: Agent,
    errors: SetAgentAvailabilityRpc.errors,
    etag: true,
    ifMatch: true,
  })
  setAvailability(
    @Param('agentId') agentId: string,
    @ContractBody(AvailabilityInput) availability: AvailabilityInput,
    @AsCaller() caller: Caller,
  ): Promise<Agent> {
    return this.rpc.call(SetAgentAvailabilityRpc, { agentId, ...availability, ...caller.expected }, caller.options);
  }

  @Operation('DELETE', ':agentId', {
    id: 'deactivateAgent',
    summary: 'Deactivates an agent permanently: no sign-in, no deliveries. Timelines still show the agent.',
    access: 'agents:write',
    ifMatch: true,
  })
  async deactivate(@Param('agentId') agentId: string, @AsCaller() caller: Caller): Promise<void> {
    await this.rpc.call(DeactivateAgentRpc, { agentId, ...caller.expected }, caller.options);
  }

  @Operation('POST', ':agentId/tokens', {
    id: 'issueAgentToken',
    summary: 'Issues an access token for the agent’s application.',
    access: 'agent-tokens:create',
    reply: AgentToken,
    errors: ['agent_inactive'],
    replyHasSecret: true,
  })
  async issueToken(
    @Param('agentId') agentId: string,
    @AsCaller() caller: Caller,
    @AsIdempotentCommand() command: IdempotentCommand,
  ): Promise<AgentToken> {
    return this.commands.run(command, async () => {
      const agent = await this.rpc.call(GetAgentRpc, { agentId }, caller.options);
      if (!agent.active) throw new CodedError('agent_inactive', 'This agent is deactivated and cannot sign in.');
      return this.tokens.issue(caller.organizationId, agent.agentId);
    });
  }
}
