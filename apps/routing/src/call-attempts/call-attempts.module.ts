import { Module } from '@nestjs/common';
import { CallPlanningModule } from '../call-planning/call-planning.module.js';
import { CallTimingModule } from '../call-timing/call-timing.module.js';
import { CallingPolicyModule } from '../calling-policy/calling-policy.module.js';
import { CustomersModule } from '../customers/customers.module.js';
import { DeliveriesModule } from '../deliveries/deliveries.module.js';
import { OrganizationsModule } from '../organizations/organizations.module.js';
import { BeginAttempt } from './begin-attempt.js';
import { CallAttemptsRpc } from './call-attempts.rpc.js';
import { CallAttemptsWorker } from './call-attempts.worker.js';
import { RemoveUnplacedAttempt } from './remove-unplaced-attempt.js';
import { RequestCall } from './request-call.js';
import { StartCall } from './start-call.js';

export { RemoveUnplacedAttempt } from './remove-unplaced-attempt.js';

/** Requests calls from telephony when a planned call is due or a dispatcher starts one. */
@Module({
  imports: [
    CallPlanningModule,
    CallTimingModule,
    CallingPolicyModule,
    CustomersModule,
    DeliveriesModule,
    OrganizationsModule,
  ],
  controllers: [CallAttemptsRpc],
  providers: [CallAttemptsWorker, BeginAttempt, RemoveUnplacedAttempt, RequestCall, StartCall],
  exports: [RemoveUnplacedAttempt],
})
export class CallAttemptsModule {}
