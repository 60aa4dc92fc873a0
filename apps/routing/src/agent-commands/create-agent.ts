import { Injectable } from '@nestjs/common';
import { AgentCreated, type AgentInput } from '#libs/contracts/index.js';
import { createAggregateEvent, createId, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { AgentDocument } from '#libs/persistence/schemas/routing/agents.js';
import { Clock } from '#libs/clock/clock.js';
import { ScheduleAssignment } from '../assignment-board/assignment-board.module.js';
import { toWindow } from '../deliveries/deliveries.module.js';
import { AgentRepository, toRing, toAgentFacts } from '../agents/agents.module.js';
import { sortAndCheckWindows } from './check-windows.js';

/** Creates an agent, and schedules a planning run, as waiting deliveries may be assignable to the agent. */
@Injectable()
export class CreateAgent {
  constructor(
    private readonly agents: AgentRepository,
    private readonly scheduleAssignment: ScheduleAssignment,
    private readonly clock: Clock,
  ) {}

  async execute(
    organizationId: OrganizationId,
    { area, ...input }: AgentInput,
    tx: Transaction,
  ): Promise<AgentDocument> {
    sortAndCheckWindows('shift', [input.shift]);
    const now = this.clock.now();
    const agent = {
      ...input,
      ...(area === undefined ? {} : { area: toRing(area) }),
      _id: createId('agt'),
      shift: toWindow(input.shift),
      furtherShifts: [],
      breaks: sortAndCheckWindows('breaks', input.breaks ?? []).map(toWindow),
      active: true,
      availability: { state: 'available' as const, since: now },
      createdAt: now,
    };
    const createdEvent = createAggregateEvent(AgentCreated, toAgentFacts(agent, now), now);
    const stored = await this.agents.create(tx, organizationId, agent, [createdEvent]);
    await this.scheduleAssignment.execute(organizationId, tx);
    return stored;
  }
}
