import { Module } from '@nestjs/common';
import { CustomersModule } from '../customers/customers.module.js';
import { DeliveriesModule } from '../deliveries/deliveries.module.js';
import { OrganizationsModule } from '../organizations/organizations.module.js';
import { CustomerTextsWorker } from './customer-texts.worker.js';
import { RequestAskBack } from './request-ask-back.js';
import { ScheduleText } from './schedule-text.js';
import { TextCustomer } from './text-customer.js';

export { type AskedContact, type ConfirmationTimeoutWork, RequestAskBack } from './request-ask-back.js';
export { ScheduleText, type TextReason } from './schedule-text.js';

/** Requests texts to customers, instead of a call or after one. */
@Module({
  imports: [CustomersModule, DeliveriesModule, OrganizationsModule],
  providers: [CustomerTextsWorker, RequestAskBack, ScheduleText, TextCustomer],
  exports: [RequestAskBack, ScheduleText],
})
export class CustomerTextsModule {}
