import { Module } from '@nestjs/common';
import { AgentPerformanceModule } from '../agent-performance/agent-performance.module.js';
import { AgentsModule } from '../agents/agents.module.js';
import { AssignmentBoardModule } from '../assignment-board/assignment-board.module.js';
import { CustomersModule } from '../customers/customers.module.js';
import { DeliveriesModule } from '../deliveries/deliveries.module.js';
import { OrganizationsModule } from '../organizations/organizations.module.js';
import { TravelModule } from '../travel/travel.module.js';
import { AgentDayConsumer } from './agent-day.consumer.js';
import { AgentDayRpc } from './agent-day.rpc.js';
import { DeclineDelivery } from './decline-delivery.js';
import { GetAgentDay } from './get-agent-day.js';
import { LearnFromHandOver } from './learn-from-hand-over.js';
import { RecordListening } from './record-listening.js';
import { ReportProblem } from './report-problem.js';
import { ReportStatus } from './report-status.js';

export { DeclineDelivery } from './decline-delivery.js';

/** The signed-in agent’s day: stops, status reports, problems, and statistics learned from hand-overs. */
@Module({
  imports: [
    AgentPerformanceModule,
    AgentsModule,
    AssignmentBoardModule,
    CustomersModule,
    DeliveriesModule,
    OrganizationsModule,
    TravelModule,
  ],
  controllers: [AgentDayConsumer, AgentDayRpc],
  providers: [DeclineDelivery, GetAgentDay, LearnFromHandOver, RecordListening, ReportProblem, ReportStatus],
})
export class AgentDayModule {}
