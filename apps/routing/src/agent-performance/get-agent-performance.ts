import { Injectable } from '@nestjs/common';
import type { AgentPerformance, MeasuredShare } from '#libs/contracts/index.js';
import { medianOf, wilsonInterval } from '#libs/domain/agent-performance/index.js';
import type { OrganizationId } from '#libs/persistence/index.js';
import type { StoredShare } from '#libs/persistence/schemas/routing/agent-records.js';
import { AgentRepository } from '../agents/agents.module.js';
import { AgentRecordRepository } from './agent-record.repository.js';
import { ExpectFailures } from './expect-failures.js';

/** How an agent's deliveries went, each share with what it is worth. */
@Injectable()
export class GetAgentPerformance {
  constructor(
    private readonly agents: AgentRepository,
    private readonly records: AgentRecordRepository,
    private readonly expectFailures: ExpectFailures,
  ) {}

  async execute(organizationId: OrganizationId, agentId: string): Promise<AgentPerformance> {
    await this.agents.load(organizationId, agentId);
    const [record] = await this.records.ofAgents(organizationId, [agentId]);
    const failuresOf = await this.expectFailures.execute(organizationId, [agentId]);
    const seconds = record?.acknowledgeSeconds ?? [];
    const median = medianOf(seconds);
    return {
      agentId,
      onTime: measured(record?.onTime),
      firstAttempt: measured(record?.firstAttempt),
      asInstructed: measured(record?.asInstructed),
      listened: measured(record?.listened),
      acknowledgements: seconds.length,
      ...(median === undefined ? {} : { medianAcknowledgeSeconds: median }),
      expectedFailures: failuresOf(agentId),
    };
  }
}

function measured({ met, total }: StoredShare = { met: 0, total: 0 }): MeasuredShare {
  return { met, total, ...(total === 0 ? {} : { share: met / total }), ...wilsonInterval({ met, total }) };
}
