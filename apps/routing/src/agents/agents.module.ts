import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { agentSchema } from '#libs/persistence/schemas/routing/agents.js';
import { agentLocationSchema } from '#libs/persistence/schemas/routing/agent-locations.js';
import { AgentLocationRepository } from './agent-location.repository.js';
import { AgentRepository } from './agent.repository.js';
import { AgentsRpc } from './agents.rpc.js';
import { DescribeAgent } from './describe-agent.js';
import { ListAgents } from './list-agents.js';
import { ReportAgentLocation } from './report-agent-location.js';

export { AgentLocationRepository } from './agent-location.repository.js';
export { getAvailabilityAt, toRing, listShifts, toAgentFacts, toAvailability } from './agent.mapper.js';
export { AgentRepository } from './agent.repository.js';
export { DescribeAgent } from './describe-agent.js';

/** Agents, their shifts and their last reported locations. */
@Module({
  imports: [
    MongooseModule.forFeature([
      { name: 'Agent', schema: agentSchema },
      { name: 'AgentLocation', schema: agentLocationSchema },
    ]),
  ],
  controllers: [AgentsRpc],
  providers: [AgentRepository, AgentLocationRepository, DescribeAgent, ListAgents, ReportAgentLocation],
  exports: [AgentRepository, AgentLocationRepository, DescribeAgent],
})
export class AgentsModule {}
