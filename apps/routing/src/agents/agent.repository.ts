import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { CodedError } from '#libs/contracts/index.js';
import { AggregateRepository, trusted, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { AgentDocument } from '#libs/persistence/schemas/routing/agents.js';

export interface AgentPageQuery {
  readonly limit: number;
  /** Id of the previous page's last agent: lists only agents created before it. */
  readonly before?: string | undefined;
  readonly active?: boolean | undefined;
  readonly skill?: string | undefined;
}

/** Stores agents. Deactivated agents remain, as deliveries refer to them. */
@Injectable()
export class AgentRepository extends AggregateRepository<AgentDocument> {
  protected readonly aggregateName = 'agent';

  constructor(@InjectModel('Agent') model: Model<AgentDocument>) {
    super(model);
  }

  /**
   * Loads an agent for a change.
   * @throws CodedError `agent_inactive` and the errors of `loadAt`
   */
  async loadActive(
    organizationId: OrganizationId,
    agentId: string,
    expectedRevision: number | undefined,
    tx: Transaction,
  ): Promise<AgentDocument> {
    const agent = await this.loadAt(organizationId, agentId, expectedRevision, tx);
    if (!agent.active) {
      throw new CodedError('agent_inactive', `Agent ${agentId} was deactivated; add them again as a new agent.`);
    }
    return agent;
  }

  /** Finds active agents with a shift that ends after the instant. */
  findWorkingAfter(organizationId: OrganizationId, instant: Date, tx?: Transaction): Promise<AgentDocument[]> {
    const afterInstant = trusted({ $gt: instant });
    const filter = { active: true, $or: [{ 'shift.end': afterInstant }, { 'furtherShifts.end': afterInstant }] };
    return this.find(organizationId, filter, { tx, sort: { _id: 1 } });
  }

  /** Finds one page of agents, newest first. */
  findPage(organizationId: OrganizationId, { limit, before, active, skill }: AgentPageQuery): Promise<AgentDocument[]> {
    // The index by skill has `active` before `_id`. Listing both values lets MongoDB merge the two sorted ranges.
    const activeFilter = skill === undefined ? {} : { active: trusted({ $in: [true, false] }) };
    const filter = {
      ...(before === undefined ? {} : { _id: trusted({ $lt: before }) }),
      ...(skill === undefined ? {} : { skills: skill }),
      ...(active === undefined ? activeFilter : { active }),
    };
    return this.find(organizationId, filter, { sort: { _id: -1 }, limit });
  }
}
