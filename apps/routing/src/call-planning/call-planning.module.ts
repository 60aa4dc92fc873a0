import { Module } from '@nestjs/common';
import { AssignmentBoardModule } from '../assignment-board/assignment-board.module.js';
import { CallTimingModule } from '../call-timing/call-timing.module.js';
import { CustomersModule } from '../customers/customers.module.js';
import { DeliveriesModule } from '../deliveries/deliveries.module.js';
import { OrganizationsModule } from '../organizations/organizations.module.js';
import { CallPlanningRpc } from './call-planning.rpc.js';
import { CallPlanningWorker } from './call-planning.worker.js';
import { ContinueWithoutCall } from './continue-without-call.js';
import { DecideNextCall } from './decide-next-call.js';
import { GetCallTiming } from './get-call-timing.js';
import { NextCallAfterAttempt } from './next-call-after-attempt.js';
import { PlanNextCall } from './plan-next-call.js';
import { ReplanCalls } from './replan-calls.js';
import { TextCustomer } from './text-customer.js';

export { callStatusOf, rulesFor, zoneOf } from './calling-policy.js';
export { ContinueWithoutCall } from './continue-without-call.js';
export { toCustomerContact } from './customer-contact.mapper.js';
export { DecideNextCall, type NextCall } from './decide-next-call.js';
export { NextCallAfterAttempt } from './next-call-after-attempt.js';
export { PlanNextCall, type RequestCallWork } from './plan-next-call.js';
export { ReplanCalls } from './replan-calls.js';
export { TextCustomer, type TextReason } from './text-customer.js';
/** When a customer is called next, or texted instead. */
@Module({
  imports: [AssignmentBoardModule, CallTimingModule, CustomersModule, DeliveriesModule, OrganizationsModule],
  controllers: [CallPlanningRpc],
  providers: [
    CallPlanningWorker,
    ContinueWithoutCall,
    DecideNextCall,
    GetCallTiming,
    NextCallAfterAttempt,
    PlanNextCall,
    ReplanCalls,
    TextCustomer,
  ],
  exports: [ContinueWithoutCall, DecideNextCall, NextCallAfterAttempt, PlanNextCall, ReplanCalls, TextCustomer],
})
export class CallPlanningModule {}
