import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import type { Share } from '#libs/domain/agent-performance/index.js';
import { TenantRepository, trusted, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import { MEASURES, type AgentRecordDocument, type Measure } from '#libs/persistence/schemas/routing/agent-records.js';

/** Of acknowledgements the last ones are kept: of what is usual now, not of years ago. */
const ACKNOWLEDGEMENTS_KEPT = 50;

@Injectable()
export class AgentRecordRepository extends TenantRepository<AgentRecordDocument> {
  constructor(@InjectModel('AgentRecord') model: Model<AgentRecordDocument>) {
    super(model);
  }

  async countHandOver(
    organizationId: OrganizationId,
    agentId: string,
    judged: Partial<Record<Measure, boolean>>,
    tx: Transaction,
  ): Promise<void> {
    const counted = MEASURES.filter((measure) => judged[measure] !== undefined);
    if (counted.length === 0) return;
    const $inc = Object.fromEntries(
      counted.flatMap((measure) => [
        [`${measure}.total`, 1],
        [`${measure}.met`, Number(judged[measure])],
      ]),
    );
    await this.upsertOne(organizationId, { _id: agentId }, { $inc }, tx);
  }

  async addAcknowledgement(
    organizationId: OrganizationId,
    agentId: string,
    seconds: number,
    tx: Transaction,
  ): Promise<void> {
    const $push = { acknowledgeSeconds: { $each: [seconds], $slice: -ACKNOWLEDGEMENTS_KEPT } };
    await this.upsertOne(organizationId, { _id: agentId }, { $push }, tx);
  }

  /** @returns the one before; nothing where there was none, or this one is not later */
  async replaceLastHandOver(
    organizationId: OrganizationId,
    agentId: string,
    handOver: NonNullable<AgentRecordDocument['lastHandOver']>,
    tx: Transaction,
  ): Promise<AgentRecordDocument['lastHandOver']> {
    const former = (await this.findById(organizationId, agentId, tx))?.lastHandOver;
    if (former && former.at >= handOver.at) return undefined;
    await this.upsertOne(organizationId, { _id: agentId }, { $set: { lastHandOver: handOver } }, tx);
    return former;
  }

  ofAgents(
    organizationId: OrganizationId,
    agentIds: readonly string[],
    tx?: Transaction,
  ): Promise<AgentRecordDocument[]> {
    return this.find(organizationId, { _id: trusted({ $in: [...agentIds] }) }, { tx });
  }

  /** How the deliveries of all agents went, those of the past included. */
  async usual(organizationId: OrganizationId): Promise<Share> {
    const sums = { met: { $sum: '$wentWell.met' }, total: { $sum: '$wentWell.total' } };
    const [sum] = await this.model.aggregate<Share>([
      { $match: { organizationId } },
      { $group: { _id: null, ...sums } },
    ]);
    return { met: sum?.met ?? 0, total: sum?.total ?? 0 };
  }
}
