import { Module } from '@nestjs/common';
import { AssignmentBoardModule } from '../assignment-board/assignment-board.module.js';
import { CallAttemptsModule } from '../call-attempts/call-attempts.module.js';
import { CallPlanningModule } from '../call-planning/call-planning.module.js';
import { CallTimingModule } from '../call-timing/call-timing.module.js';
import { CustomerCommandsModule } from '../customer-commands/customer-commands.module.js';
import { CustomerTextsModule } from '../customer-texts/customer-texts.module.js';
import { CustomersModule } from '../customers/customers.module.js';
import { DeliveriesModule } from '../deliveries/deliveries.module.js';
import { OrganizationsModule } from '../organizations/organizations.module.js';
import { CallResultsConsumer } from './call-results.consumer.js';
import { CallResultsWorker } from './call-results.worker.js';
import { ContinueContact } from './continue-contact.js';
import { ScheduleAnalysisTimeout } from './schedule-analysis-timeout.js';
import { RecordContactFact } from './record-contact-fact.js';

export { ContinueContact, type ContinuedDelivery } from './continue-contact.js';

/** Records the results of calls and messages, and continues the delivery accordingly. */
@Module({
  imports: [
    AssignmentBoardModule,
    CallAttemptsModule,
    CallPlanningModule,
    CallTimingModule,
    CustomerCommandsModule,
    CustomerTextsModule,
    CustomersModule,
    DeliveriesModule,
    OrganizationsModule,
  ],
  controllers: [CallResultsConsumer],
  providers: [CallResultsWorker, ContinueContact, ScheduleAnalysisTimeout, RecordContactFact],
})
export class CallResultsModule {}
