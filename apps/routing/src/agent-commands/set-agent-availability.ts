import { Injectable } from '@nestjs/common';
import {
  AgentAvailabilityChanged,
  CodedError,
  RPC_ERROR_CODES,
  type SetAgentAvailabilityRequest,
} from '#libs/contracts/index.js';
import { createAggregateEvent, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { AgentDocument, StoredAvailability } from '#libs/persistence/schemas/routing/agents.js';
import { Clock } from '#libs/clock/clock.js';
import { ReleaseDeliveries, ScheduleAssignment } from '../assignment-board/assignment-board.module.js';
import { AgentRepository, toAvailability } from '../agents/agents.module.js';

/**
 * Sets whether an agent can take deliveries. If the agent becomes unavailable, unacknowledged deliveries are released
 * for reassignment. The agent may already have the parcels of acknowledged deliveries, so a dispatcher decides about
 * those.
 */
@Injectable()
export class SetAgentAvailability {
  constructor(
    private readonly agents: AgentRepository,
    private readonly releaseDeliveries: ReleaseDeliveries,
    private readonly scheduleAssignment: ScheduleAssignment,
    private readonly clock: Clock,
  ) {}

  async execute(
    organizationId: OrganizationId,
    { agentId, expectedRevision, state, until }: SetAgentAvailabilityRequest,
    tx: Transaction,
  ): Promise<AgentDocument> {
    const agent = await this.agents.loadActive(organizationId, agentId, expectedRevision, tx);
    const now = this.clock.now();
    const end = parseEnd(state, until, now);
    if (agent.availability.state === state && agent.availability.until?.getTime() === end?.getTime()) return agent;
    const availability: StoredAvailability = { state, since: now, ...(end ? { until: end } : {}) };
    const changedEvent = createAggregateEvent(
      AgentAvailabilityChanged,
      { agentId, ...toAvailability(availability) },
      now,
    );
    const stored = await this.agents.save(tx, organizationId, { ...agent, availability }, [changedEvent]);
    if (state === 'unavailable') {
      const reason = 'the agent is unavailable';
      await this.releaseDeliveries.execute(organizationId, { agentId, states: ['assigned'], reason }, tx);
    } else await this.scheduleAssignment.execute(organizationId, tx);
    return stored;
  }
}

/** @throws CodedError `invalid_request` if `until` is set for an available agent or is not in the future */
function parseEnd(state: StoredAvailability['state'], until: string | undefined, now: Date): Date | undefined {
  if (until === undefined) return undefined;
  const end = new Date(until);
  const message =
    state === 'available'
      ? 'until is not allowed with state available: leave it out'
      : end <= now
        ? 'until must be in the future'
        : undefined;
  if (message === undefined) return end;
  throw new CodedError(RPC_ERROR_CODES.invalidRequest, message, { issues: [{ path: 'until', message }] });
}
