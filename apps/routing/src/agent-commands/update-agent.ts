import { Injectable } from '@nestjs/common';
import { AgentUpdated, type AgentChanges, type UpdateAgentRequest } from '#libs/contracts/index.js';
import { createAggregateEvent, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { AgentDocument } from '#libs/persistence/schemas/routing/agents.js';
import { Clock } from '#libs/clock/clock.js';
import { AssignmentBoardRepository, ScheduleAssignment } from '../assignment-board/assignment-board.module.js';
import { toWindow } from '../deliveries/deliveries.module.js';
import { AgentRepository, toRing, toAgentFacts } from '../agents/agents.module.js';
import { sortAndCheckWindows } from './check-windows.js';

/** Updates an agent, and schedules a planning run, as waiting deliveries may now be assignable to the agent. */
@Injectable()
export class UpdateAgent {
  constructor(
    private readonly agents: AgentRepository,
    private readonly board: AssignmentBoardRepository,
    private readonly scheduleAssignment: ScheduleAssignment,
    private readonly clock: Clock,
  ) {}

  async execute(
    organizationId: OrganizationId,
    { agentId, expectedRevision, changes }: UpdateAgentRequest,
    tx: Transaction,
  ): Promise<AgentDocument> {
    // Invalidates plans that were made with the agent's previous details.
    await this.board.claim(organizationId, tx);
    const agent = await this.agents.loadActive(organizationId, agentId, expectedRevision, tx);
    const now = this.clock.now();
    const changedAgent = { ...agent, ...toStoredChanges(changes) };
    const updatedEvent = createAggregateEvent(AgentUpdated, toAgentFacts(changedAgent, now), now);
    const stored = await this.agents.save(tx, organizationId, changedAgent, [updatedEvent]);
    await this.scheduleAssignment.execute(organizationId, tx);
    return stored;
  }
}

function toStoredChanges({ breaks, area, ...changes }: AgentChanges): Partial<AgentDocument> {
  const definedChanges = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  return {
    ...definedChanges,
    ...(area ? { area: toRing(area) } : {}),
    ...(breaks ? { breaks: sortAndCheckWindows('breaks', breaks).map(toWindow) } : {}),
  };
}
