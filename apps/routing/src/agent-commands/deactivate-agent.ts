import { Injectable } from '@nestjs/common';
import { AgentDeactivated, type DeactivateAgentRequest } from '#libs/contracts/index.js';
import { createAggregateEvent, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { AgentDocument } from '#libs/persistence/schemas/routing/agents.js';
import { Clock } from '#libs/clock/clock.js';
import { ReleaseDeliveries } from '../assignment-board/assignment-board.module.js';
import { AgentRepository } from '../agents/agents.module.js';

/** Deactivates an agent and releases all their deliveries for reassignment. The agent stays in timelines. */
@Injectable()
export class DeactivateAgent {
  constructor(
    private readonly agents: AgentRepository,
    private readonly releaseDeliveries: ReleaseDeliveries,
    private readonly clock: Clock,
  ) {}

  async execute(
    organizationId: OrganizationId,
    { agentId, expectedRevision }: DeactivateAgentRequest,
    tx: Transaction,
  ): Promise<AgentDocument> {
    const agent = await this.agents.loadAt(organizationId, agentId, expectedRevision, tx);
    if (!agent.active) return agent;
    const event = createAggregateEvent(AgentDeactivated, { agentId }, this.clock.now());
    const stored = await this.agents.save(tx, organizationId, { ...agent, active: false }, [event]);
    const reason = 'the agent was deactivated';
    await this.releaseDeliveries.execute(organizationId, { agentId, states: ['assigned', 'acknowledged'], reason }, tx);
    return stored;
  }
}
