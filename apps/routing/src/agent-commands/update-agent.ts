import { Injectable } from '@nestjs/common';
import { AgentUpdated, type AgentChanges, type UpdateAgentRequest } from '#libs/contracts/index.js';
import { aggregateEvent, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { AgentDocument } from '#libs/persistence/schemas/routing/agents.js';
import { Clock } from '#libs/clock/clock.js';
import { AssignmentBoardRepository, ScheduleAssignment } from '../assignment-board/assignment-board.module.js';
import { toWindow } from '../deliveries/deliveries.module.js';
import { AgentRepository, toRing, toAgentFacts } from '../agents/agents.module.js';
import { toOrderedWindows } from './check-windows.js';

/** Changes an agent's details, and schedules a planning run, as the agent may now fit waiting deliveries. */
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
    // Invalidates plans that were made with the agent's former details.
    await this.board.claim(organizationId, tx);
    const agent = await this.agents.loadActive(organizationId, agentId, expectedRevision, tx);
    const now = this.clock.now();
    const changed = { ...agent, ...toStoredChanges(changes) };
    const updated = aggregateEvent(AgentUpdated, toAgentFacts(changed, now), now);
    const stored = await this.agents.save(tx, organizationId, changed, [updated]);
    await this.scheduleAssignment.execute(organizationId, tx);
    return stored;
  }
}

function toStoredChanges({ breaks, area, ...changes }: AgentChanges): Partial<AgentDocument> {
  const defined = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  return {
    ...defined,
    ...(area ? { area: toRing(area) } : {}),
    ...(breaks ? { breaks: toOrderedWindows('breaks', breaks).map(toWindow) } : {}),
  };
}
