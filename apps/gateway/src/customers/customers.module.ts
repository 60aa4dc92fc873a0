import { Module } from '@nestjs/common';
import { CallTimingController } from './call-timing.controller.js';
import { CustomerDataController } from './customer-data.controller.js';
import { CustomerPreferencesController } from './customer-preferences.controller.js';
import { CustomersController } from './customers.controller.js';
import { ExportCustomer } from './export-customer.js';

/** Customers, their preferences and consent, call timing, and data export and erasure. */
@Module({
  controllers: [CustomersController, CustomerPreferencesController, CustomerDataController, CallTimingController],
  providers: [ExportCustomer],
})
export class CustomersModule {}
