import { Controller } from '@nestjs/common';
import {
  CreateAgentRpc,
  DeactivateAgentRpc,
  PutAgentShiftsRpc,
  SetAgentAvailabilityRpc,
  UpdateAgentRpc,
  type Agent,
  type AgentInput,
  type DeactivateAgentRequest,
  type PutAgentShiftsRequest,
  type SetAgentAvailabilityRequest,
  type UpdateAgentRequest,
} from '#libs/contracts/index.js';
import { OnRpc, type CommandContext } from '#libs/messaging/index.js';
import { DescribeAgent } from '../agents/agents.module.js';
import { CreateAgent } from './create-agent.js';
import { DeactivateAgent } from './deactivate-agent.js';
import { PutAgentShifts } from './put-agent-shifts.js';
import { SetAgentAvailability } from './set-agent-availability.js';
import { UpdateAgent } from './update-agent.js';

/** Commands that change agents. */
@Controller()
export class AgentCommandsRpc {
  constructor(
    private readonly createAgent: CreateAgent,
    private readonly updateAgent: UpdateAgent,
    private readonly putShifts: PutAgentShifts,
    private readonly setAvailability: SetAgentAvailability,
    private readonly deactivateAgent: DeactivateAgent,
    private readonly describeAgent: DescribeAgent,
  ) {}

  @OnRpc(CreateAgentRpc)
  async create(request: AgentInput, { organizationId, tx }: CommandContext): Promise<Agent> {
    const agent = await this.createAgent.execute(organizationId, request, tx);
    return this.describeAgent.execute(organizationId, agent);
  }

  @OnRpc(UpdateAgentRpc)
  async update(request: UpdateAgentRequest, { organizationId, tx }: CommandContext): Promise<Agent> {
    const agent = await this.updateAgent.execute(organizationId, request, tx);
    return this.describeAgent.execute(organizationId, agent);
  }

  @OnRpc(PutAgentShiftsRpc)
  async replaceShifts(request: PutAgentShiftsRequest, { organizationId, tx }: CommandContext): Promise<Agent> {
    const agent = await this.putShifts.execute(organizationId, request, tx);
    return this.describeAgent.execute(organizationId, agent);
  }

  @OnRpc(SetAgentAvailabilityRpc)
  async changeAvailability(
    request: SetAgentAvailabilityRequest,
    { organizationId, tx }: CommandContext,
  ): Promise<Agent> {
    const agent = await this.setAvailability.execute(organizationId, request, tx);
    return this.describeAgent.execute(organizationId, agent);
  }

  @OnRpc(DeactivateAgentRpc)
  async deactivate(request: DeactivateAgentRequest, { organizationId, tx }: CommandContext): Promise<Agent> {
    const agent = await this.deactivateAgent.execute(organizationId, request, tx);
    return this.describeAgent.execute(organizationId, agent);
  }
}
