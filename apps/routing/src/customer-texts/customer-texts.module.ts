import { Module } from '@nestjs/common';
import { CustomersModule } from '../customers/customers.module.js';
import { DeliveriesModule } from '../deliveries/deliveries.module.js';
import { OrganizationsModule } from '../organizations/organizations.module.js';
import { CustomerTextsWorker } from './customer-texts.worker.js';
import { ScheduleText } from './schedule-text.js';
import { TextCustomer } from './text-customer.js';

export { ScheduleText, type TextReason } from './schedule-text.js';

/** Requests texts to customers, instead of a call or after one. */
@Module({
  imports: [CustomersModule, DeliveriesModule, OrganizationsModule],
  providers: [CustomerTextsWorker, ScheduleText, TextCustomer],
  exports: [ScheduleText],
})
export class CustomerTextsModule {}
