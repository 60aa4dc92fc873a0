import { Module, type OnApplicationShutdown } from '@nestjs/common';
import { ThreadedAssignmentSolver } from '#libs/adapters/assignment-solver/threaded-assignment-solver.js';
import { AssignmentSolver } from '#libs/ports/assignment-solver.js';
import { AgentPerformanceModule } from '../agent-performance/agent-performance.module.js';
import { AgentsModule } from '../agents/agents.module.js';
import { AssignmentBoardModule } from '../assignment-board/assignment-board.module.js';
import { DeliveriesModule } from '../deliveries/deliveries.module.js';
import { TravelModule } from '../travel/travel.module.js';
import { AssignmentPlanningRpc } from './assignment-planning.rpc.js';
import { PlanAssignment } from './plan-assignment.js';
import { PreviewAssignment } from './preview-assignment.js';

export { truncatePlan, toPlanId, toPreview } from './assignment-preview.mapper.js';
export { listDeclined, isPlannable, toSolverAgent } from './assignment-problem.js';
export { PlanAssignment } from './plan-assignment.js';
export { type AssignDelivery, hasEffect, type LeaveUnassigned, type PlannedChange } from './planned-changes.js';

/** Plans which agents should make the waiting deliveries. Stores nothing. */
@Module({
  imports: [AgentPerformanceModule, AgentsModule, AssignmentBoardModule, DeliveriesModule, TravelModule],
  controllers: [AssignmentPlanningRpc],
  providers: [
    PlanAssignment,
    PreviewAssignment,
    { provide: AssignmentSolver, useFactory: () => new ThreadedAssignmentSolver() },
  ],
  exports: [PlanAssignment],
})
export class AssignmentPlanningModule implements OnApplicationShutdown {
  constructor(private readonly solver: AssignmentSolver) {}

  onApplicationShutdown(): Promise<void> {
    return this.solver.close();
  }
}
