import { Injectable } from '@nestjs/common';
import { shrinkShare } from '#libs/domain/agent-performance/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { AgentRecordRepository } from './agent-record.repository.js';

/** Bayesian prior: share of deliveries that go well in an organization without data. */
const PRIOR_SHARE = 0.95;
/** Weight of the prior, as a number of deliveries, for an organization and for an agent. */
const PRIOR_STRENGTH = 20;

/**
 * Estimates the share of each agent's deliveries that fail. The organization's share is the prior of its agents, so
 * that new agents are treated as average and get work.
 */
@Injectable()
export class EstimateFailureRates {
  constructor(private readonly records: AgentRecordRepository) {}

  /** @returns a function from agent id to the expected share of failures, 0 to 1 */
  async execute(
    organizationId: OrganizationId,
    agentIds: readonly string[],
    tx?: Transaction,
  ): Promise<(agentId: string) => number> {
    const organizationShare = shrinkShare(await this.records.sumWentWell(organizationId), PRIOR_SHARE, PRIOR_STRENGTH);
    const records = new Map(
      (await this.records.findByAgents(organizationId, agentIds, tx)).map((record) => [record._id, record]),
    );
    return (agentId) => {
      const { met = 0, total = 0 } = records.get(agentId)?.wentWell ?? {};
      return 1 - shrinkShare({ met, total }, organizationShare, PRIOR_STRENGTH);
    };
  }
}
