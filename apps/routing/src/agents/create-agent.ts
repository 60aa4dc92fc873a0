import { Inject, Injectable } from '@nestjs/common';
import { AgentCreated, CodedError, RPC_ERROR_CODES, type AgentInput } from '#libs/contracts/index.js';
import { aggregateEvent, newId, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { AgentDocument } from '#libs/persistence/schemas/agents.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { ScheduleAssignment } from '../assignment/schedule-assignment.js';
import { toWindow } from '../deliveries/delivery.mapper.js';
import { AgentRepository } from './agent.repository.js';
import { toAgent } from './agent.mapper.js';

/** Adds an agent, and plans again for whatever could not be given to anybody before. */
@Injectable()
export class CreateAgent {
  constructor(
    @Inject(AgentRepository) private readonly agents: AgentRepository,
    @Inject(ScheduleAssignment) private readonly scheduleAssignment: ScheduleAssignment,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async execute(organizationId: OrganizationId, input: AgentInput, tx: Transaction): Promise<AgentDocument> {
    if (input.shift.end <= input.shift.start) {
      throw new CodedError(RPC_ERROR_CODES.invalidRequest, 'The shift ends before it starts.', {
        issues: [{ path: 'shift.end', message: 'shift.end must be after shift.start' }],
      });
    }
    const now = this.clock.now();
    const agent = {
      ...input,
      _id: newId('agt'),
      shift: toWindow(input.shift),
      breaks: (input.breaks ?? []).map(toWindow),
      createdAt: now,
    };
    const created = aggregateEvent(AgentCreated, toAgent(agent), now);
    const stored = await this.agents.create(tx, organizationId, agent, [created]);
    await this.scheduleAssignment.execute(organizationId, tx);
    return stored;
  }
}
