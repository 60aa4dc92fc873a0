import { Controller } from '@nestjs/common';
import { GetAgentPerformanceRpc, type AgentPerformance, type GetAgentRequest } from '#libs/contracts/index.js';
import { OnRpc, type QueryContext } from '#libs/messaging/index.js';
import { GetAgentPerformance } from './get-agent-performance.js';

/** Queries of agents' performance. */
@Controller()
export class AgentPerformanceRpc {
  constructor(private readonly getPerformance: GetAgentPerformance) {}

  @OnRpc(GetAgentPerformanceRpc)
  get({ agentId }: GetAgentRequest, { organizationId }: QueryContext): Promise<AgentPerformance> {
    return this.getPerformance.execute(organizationId, agentId);
  }
}
