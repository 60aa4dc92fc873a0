import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { CodedError } from '#libs/contracts/index.js';
import { AggregateRepository, trusted, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { AgentDocument } from '#libs/persistence/schemas/routing/agents.js';

export interface AgentPageQuery {
  readonly limit: number;
  /** The id the page starts after. */
  readonly before?: string | undefined;
  readonly active?: boolean | undefined;
  readonly skill?: string | undefined;
}

@Injectable()
export class AgentRepository extends AggregateRepository<AgentDocument> {
  protected readonly what = 'agent';

  constructor(@InjectModel('Agent') model: Model<AgentDocument>) {
    super(model);
  }

  /**
   * For a change of somebody who works here.
   * @throws CodedError `agent_inactive` beside those of `loadAt`
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

  /** Active ones of whom some shift is not over yet. */
  findWorkingAfter(organizationId: OrganizationId, instant: Date, tx?: Transaction): Promise<AgentDocument[]> {
    const later = trusted({ $gt: instant });
    const working = { active: true, $or: [{ 'shift.end': later }, { 'furtherShifts.end': later }] };
    return this.find(organizationId, working, { tx, sort: { _id: 1 } });
  }

  /** Newest first. */
  page(organizationId: OrganizationId, { limit, before, active, skill }: AgentPageQuery): Promise<AgentDocument[]> {
    // With a skill the index also wants to know of `active`; both values are merged in order.
    const either = skill === undefined ? {} : { active: trusted({ $in: [true, false] }) };
    const filter = {
      ...(before === undefined ? {} : { _id: trusted({ $lt: before }) }),
      ...(skill === undefined ? {} : { skills: skill }),
      ...(active === undefined ? either : { active }),
    };
    return this.find(organizationId, filter, { sort: { _id: -1 }, limit });
  }
}
