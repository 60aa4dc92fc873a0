import { Module } from '@nestjs/common';
import { AgentsModule } from '../agents/agents.module.js';
import { AssignmentBoardModule } from '../assignment-board/assignment-board.module.js';
import { AssignmentPlanningModule } from '../assignment-planning/assignment-planning.module.js';
import { DeliveriesModule } from '../deliveries/deliveries.module.js';
import { OffersModule } from '../offers/offers.module.js';
import { ApplyPlan } from './apply-plan.js';
import { AssignDeliveries } from './assign-deliveries.js';
import { AssignmentRpc } from './assignment.rpc.js';
import { AssignmentWorker } from './assignment.worker.js';
import { CommitAssignment } from './commit-assignment.js';
import { ReassignDelivery } from './reassign-delivery.js';

/** Assigns deliveries to agents, by plan or by a dispatcher’s choice. */
@Module({
  imports: [AgentsModule, AssignmentBoardModule, AssignmentPlanningModule, DeliveriesModule, OffersModule],
  controllers: [AssignmentRpc],
  providers: [AssignmentWorker, AssignDeliveries, ApplyPlan, CommitAssignment, ReassignDelivery],
})
export class AssignmentModule {}
