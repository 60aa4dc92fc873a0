import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import type { Share } from '#libs/domain/agent-performance/index.js';
import { TenantRepository, trusted, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import { MEASURES, type AgentRecordDocument, type Measure } from '#libs/persistence/schemas/routing/agent-records.js';

/** Maximum stored acknowledgement times per agent: only the latest, so that the median follows recent behavior. */
const MAX_ACKNOWLEDGEMENTS = 50;

/**
 * Stores, for each agent, how often each performance measure was met, the latest acknowledgement times and the last
 * hand-over.
 */
@Injectable()
export class AgentRecordRepository extends TenantRepository<AgentRecordDocument> {
  constructor(@InjectModel('AgentRecord') model: Model<AgentRecordDocument>) {
    super(model);
  }

  /** Counts one hand-over in every measure that `evaluation` has a value for; the value is whether it was met. */
  async countHandOver(
    organizationId: OrganizationId,
    agentId: string,
    evaluation: Partial<Record<Measure, boolean>>,
    tx: Transaction,
  ): Promise<void> {
    const evaluatedMeasures = MEASURES.filter((measure) => evaluation[measure] !== undefined);
    if (evaluatedMeasures.length === 0) return;
    const $inc = Object.fromEntries(
      evaluatedMeasures.flatMap((measure) => [
        [`${measure}.total`, 1],
        [`${measure}.met`, Number(evaluation[measure])],
      ]),
    );
    await this.upsertOne(organizationId, { _id: agentId }, { $inc }, tx);
  }

  /** @param seconds from assignment to acknowledgement */
  async addAcknowledgement(
    organizationId: OrganizationId,
    agentId: string,
    seconds: number,
    tx: Transaction,
  ): Promise<void> {
    const $push = { acknowledgeSeconds: { $each: [seconds], $slice: -MAX_ACKNOWLEDGEMENTS } };
    await this.upsertOne(organizationId, { _id: agentId }, { $push }, tx);
  }

  /** @returns the previous hand-over, if there was one and `handOver` is later */
  async replaceLastHandOver(
    organizationId: OrganizationId,
    agentId: string,
    handOver: NonNullable<AgentRecordDocument['lastHandOver']>,
    tx: Transaction,
  ): Promise<AgentRecordDocument['lastHandOver']> {
    const previous = (await this.findById(organizationId, agentId, tx))?.lastHandOver;
    if (previous && previous.at >= handOver.at) return undefined;
    await this.upsertOne(organizationId, { _id: agentId }, { $set: { lastHandOver: handOver } }, tx);
    return previous;
  }

  findByAgents(
    organizationId: OrganizationId,
    agentIds: readonly string[],
    tx?: Transaction,
  ): Promise<AgentRecordDocument[]> {
    return this.find(organizationId, { _id: trusted({ $in: [...agentIds] }) }, { tx });
  }

  /** Sums the measure `wentWell` over all agents, including deactivated ones. */
  async sumWentWell(organizationId: OrganizationId): Promise<Share> {
    const sums = { met: { $sum: '$wentWell.met' }, total: { $sum: '$wentWell.total' } };
    const [totals] = await this.model.aggregate<Share>([
      { $match: { organizationId } },
      { $group: { _id: null, ...sums } },
    ]);
    return { met: totals?.met ?? 0, total: totals?.total ?? 0 };
  }
}
