import { Injectable } from '@nestjs/common';
import { AgentUpdated, type PutAgentShiftsRequest } from '#libs/contracts/index.js';
import { createAggregateEvent, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { AgentDocument } from '#libs/persistence/schemas/routing/agents.js';
import { Clock } from '#libs/clock/clock.js';
import { ReleaseDeliveries, ScheduleAssignment } from '../assignment-board/assignment-board.module.js';
import { toWindow } from '../deliveries/deliveries.module.js';
import { AgentRepository, listShifts, toAgentFacts } from '../agents/agents.module.js';
import { sortAndCheckWindows } from './check-windows.js';

/** Replaces an agent's shifts, and releases unacknowledged deliveries outside the new shifts for reassignment. */
@Injectable()
export class PutAgentShifts {
  constructor(
    private readonly agents: AgentRepository,
    private readonly releaseDeliveries: ReleaseDeliveries,
    private readonly scheduleAssignment: ScheduleAssignment,
    private readonly clock: Clock,
  ) {}

  async execute(
    organizationId: OrganizationId,
    { agentId, expectedRevision, shifts, breaks }: PutAgentShiftsRequest,
    tx: Transaction,
  ): Promise<AgentDocument> {
    const agent = await this.agents.loadActive(organizationId, agentId, expectedRevision, tx);
    const now = this.clock.now();
    const [shift = agent.shift, ...furtherShifts] = sortAndCheckWindows('shifts', shifts).map(toWindow);
    const changedAgent: AgentDocument = {
      ...agent,
      shift,
      furtherShifts,
      ...(breaks ? { breaks: sortAndCheckWindows('breaks', breaks).map(toWindow) } : {}),
    };
    const updatedEvent = createAggregateEvent(AgentUpdated, toAgentFacts(changedAgent, now), now);
    const stored = await this.agents.save(tx, organizationId, changedAgent, [updatedEvent]);
    await this.releaseDeliveries.execute(
      organizationId,
      {
        agentId,
        states: ['assigned'],
        reason: 'the agent’s shift changed',
        outside: listShifts(stored),
      },
      tx,
    );
    await this.scheduleAssignment.execute(organizationId, tx);
    return stored;
  }
}
