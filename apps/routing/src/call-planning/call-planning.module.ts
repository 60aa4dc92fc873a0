import { Module } from '@nestjs/common';
import { AssignmentBoardModule } from '../assignment-board/assignment-board.module.js';
import { CallTimingModule } from '../call-timing/call-timing.module.js';
import { CustomerTextsModule } from '../customer-texts/customer-texts.module.js';
import { CustomersModule } from '../customers/customers.module.js';
import { DeliveriesModule } from '../deliveries/deliveries.module.js';
import { OrganizationsModule } from '../organizations/organizations.module.js';
import { CallPlanningRpc } from './call-planning.rpc.js';
import { CancelCall } from './cancel-call.js';
import { ContinueWithoutCall } from './continue-without-call.js';
import { DecideCallAfterAttempt } from './decide-call-after-attempt.js';
import { DecideNextCall } from './decide-next-call.js';
import { GetCallTiming } from './get-call-timing.js';
import { ReplanCalls } from './replan-calls.js';
import { ScheduleCall } from './schedule-call.js';
import { ScheduleNextStep } from './schedule-next-step.js';

export type { RequestCallWork } from './call-work.js';
export { CancelCall } from './cancel-call.js';
export { ContinueWithoutCall } from './continue-without-call.js';
export { DecideCallAfterAttempt } from './decide-call-after-attempt.js';
export { DecideNextCall } from './decide-next-call.js';
export { advanceWithoutCall, type DeliveryWithNextCall, type NextCall, withNextCall } from './next-call.js';
export { ReplanCalls } from './replan-calls.js';
export { ScheduleCall } from './schedule-call.js';
export { ScheduleNextStep } from './schedule-next-step.js';

/** Decides and schedules when a customer is called next. */
@Module({
  imports: [
    AssignmentBoardModule,
    CallTimingModule,
    CustomerTextsModule,
    CustomersModule,
    DeliveriesModule,
    OrganizationsModule,
  ],
  controllers: [CallPlanningRpc],
  providers: [
    CancelCall,
    ContinueWithoutCall,
    DecideCallAfterAttempt,
    DecideNextCall,
    GetCallTiming,
    ReplanCalls,
    ScheduleCall,
    ScheduleNextStep,
  ],
  exports: [
    CancelCall,
    ContinueWithoutCall,
    DecideCallAfterAttempt,
    DecideNextCall,
    ReplanCalls,
    ScheduleCall,
    ScheduleNextStep,
  ],
})
export class CallPlanningModule {}
