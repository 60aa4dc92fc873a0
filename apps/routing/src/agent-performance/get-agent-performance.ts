import { Injectable } from '@nestjs/common';
import type { AgentPerformance, MeasuredShare } from '#libs/contracts/index.js';
import { toMedian, wilsonInterval } from '#libs/domain/agent-performance/index.js';
import type { OrganizationId } from '#libs/persistence/index.js';
import type { StoredShare } from '#libs/persistence/schemas/routing/agent-records.js';
import { AgentRepository } from '../agents/agents.module.js';
import { AgentRecordRepository } from './agent-record.repository.js';
import { EstimateFailureRates } from './estimate-failure-rates.js';

/** Reports an agent's performance: each share with its Wilson confidence interval. */
@Injectable()
export class GetAgentPerformance {
  constructor(
    private readonly agents: AgentRepository,
    private readonly records: AgentRecordRepository,
    private readonly estimateFailureRates: EstimateFailureRates,
  ) {}

  async execute(organizationId: OrganizationId, agentId: string): Promise<AgentPerformance> {
    await this.agents.load(organizationId, agentId);
    const [record] = await this.records.findByAgents(organizationId, [agentId]);
    const getFailureRate = await this.estimateFailureRates.execute(organizationId, [agentId]);
    const acknowledgeSeconds = record?.acknowledgeSeconds ?? [];
    const median = toMedian(acknowledgeSeconds);
    return {
      agentId,
      onTime: toMeasuredShare(record?.onTime),
      firstAttempt: toMeasuredShare(record?.firstAttempt),
      asInstructed: toMeasuredShare(record?.asInstructed),
      listened: toMeasuredShare(record?.listened),
      acknowledgements: acknowledgeSeconds.length,
      ...(median === undefined ? {} : { medianAcknowledgeSeconds: median }),
      expectedFailures: getFailureRate(agentId),
    };
  }
}

function toMeasuredShare({ met, total }: StoredShare = { met: 0, total: 0 }): MeasuredShare {
  return { met, total, ...(total === 0 ? {} : { share: met / total }), ...wilsonInterval({ met, total }) };
}
