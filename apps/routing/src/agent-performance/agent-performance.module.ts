import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { agentRecordSchema } from '#libs/persistence/schemas/routing/agent-records.js';
import { AgentsModule } from '../agents/agents.module.js';
import { AgentPerformanceRpc } from './agent-performance.rpc.js';
import { AgentRecordRepository } from './agent-record.repository.js';
import { EstimateFailureRates } from './estimate-failure-rates.js';
import { GetAgentPerformance } from './get-agent-performance.js';

export { AgentRecordRepository } from './agent-record.repository.js';
export { EstimateFailureRates } from './estimate-failure-rates.js';

/** Statistics of each agent’s deliveries. */
@Module({
  imports: [AgentsModule, MongooseModule.forFeature([{ name: 'AgentRecord', schema: agentRecordSchema }])],
  controllers: [AgentPerformanceRpc],
  providers: [AgentRecordRepository, EstimateFailureRates, GetAgentPerformance],
  exports: [AgentRecordRepository, EstimateFailureRates],
})
export class AgentPerformanceModule {}
