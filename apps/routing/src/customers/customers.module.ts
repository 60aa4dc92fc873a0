import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { customerSchema } from '#libs/persistence/schemas/routing/customers.js';
import { consentRecordSchema } from '#libs/persistence/schemas/routing/consent-records.js';
import { ConsentRecordRepository } from './consent-record.repository.js';
import { CustomerRepository } from './customer.repository.js';
import { CustomersRpc } from './customers.rpc.js';
import { GetConsent } from './get-consent.js';
import { LearnPreferences } from './learn-preferences.js';
import { ListCustomers } from './list-customers.js';
import { PutCustomer } from './put-customer.js';

export type { CustomerDocument } from '#libs/persistence/schemas/routing/customers.js';
export { ConsentRecordRepository } from './consent-record.repository.js';
export { DEFAULT_LEGAL_BASIS, toConsent, toConsentRecord } from './consent.mapper.js';
export { toCustomerSnapshot } from './customer-snapshot.js';
export { foldName, toCustomer } from './customer.mapper.js';
export { CustomerRepository } from './customer.repository.js';
export { LearnPreferences } from './learn-preferences.js';
export { PutCustomer } from './put-customer.js';
export { withStatedPreferences, toPreferences, withoutPreference } from './preferences.js';

/** Customers, their consent and their preferences, stated and learned. */
@Module({
  imports: [
    MongooseModule.forFeature([
      { name: 'Customer', schema: customerSchema },
      { name: 'ConsentRecord', schema: consentRecordSchema },
    ]),
  ],
  controllers: [CustomersRpc],
  providers: [CustomerRepository, ConsentRecordRepository, ListCustomers, PutCustomer, GetConsent, LearnPreferences],
  exports: [CustomerRepository, ConsentRecordRepository, PutCustomer, LearnPreferences],
})
export class CustomersModule {}
