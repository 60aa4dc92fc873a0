import { Injectable } from '@nestjs/common';
import {
  AgentLocationChanged,
  CodedError,
  RPC_ERROR_CODES,
  type AgentLocation,
  type ReportAgentLocationRequest,
} from '#libs/contracts/index.js';
import { createAggregateEvent, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { AgentLocationRepository } from './agent-location.repository.js';
import { toAgentLocation } from './agent.mapper.js';
import { AgentRepository } from './agent.repository.js';

/** Maximum time by which a device's clock may be ahead of the server's. */
const MAX_CLOCK_SKEW_MS = 60_000;

/**
 * Stores an agent's location. Reports may arrive late and repeatedly: a report that is not newer than the stored one is
 * ignored.
 */
@Injectable()
export class ReportAgentLocation {
  constructor(
    private readonly agents: AgentRepository,
    private readonly locations: AgentLocationRepository,
    private readonly clock: Clock,
  ) {}

  async execute(
    organizationId: OrganizationId,
    { agentId, position, at, accuracyM }: ReportAgentLocationRequest,
    tx: Transaction,
  ): Promise<AgentLocation> {
    const now = this.clock.now();
    const measuredAt = at === undefined ? now : new Date(at);
    if (measuredAt.getTime() > now.getTime() + MAX_CLOCK_SKEW_MS) {
      const message = 'at must not be in the future: set the clock of the device';
      throw new CodedError(RPC_ERROR_CODES.invalidRequest, message, { issues: [{ path: 'at', message }] });
    }
    await this.agents.loadActive(organizationId, agentId, undefined, tx);
    const previous = await this.locations.findById(organizationId, agentId, tx);
    if (previous && previous.at >= measuredAt) return toAgentLocation(previous);
    const document = { _id: agentId, position, at: measuredAt, ...(accuracyM === undefined ? {} : { accuracyM }) };
    const location = { position, at: measuredAt.toISOString(), ...(accuracyM === undefined ? {} : { accuracyM }) };
    const events = [createAggregateEvent(AgentLocationChanged, { agentId, ...location }, now)];
    if (!previous) await this.locations.create(tx, organizationId, document, events);
    else {
      const { revision, sequence } = previous;
      await this.locations.save(tx, organizationId, { ...document, organizationId, revision, sequence }, events);
    }
    return location;
  }
}
