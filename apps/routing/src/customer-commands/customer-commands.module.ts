import { Module } from '@nestjs/common';
import { CallPlanningModule } from '../call-planning/call-planning.module.js';
import { CustomersModule } from '../customers/customers.module.js';
import { CustomerCommandsRpc } from './customer-commands.rpc.js';
import { DeletePreference } from './delete-preference.js';
import { OptOutCustomer } from './opt-out-customer.js';
import { PutConsent } from './put-consent.js';
import { PutPreferences } from './put-preferences.js';
import { SavePreferences } from './save-preferences.js';
import { SetDoNotCall } from './set-do-not-call.js';
import { UpdateCustomer } from './update-customer.js';

export { OptOutCustomer } from './opt-out-customer.js';

/** Commands that change customers and thereby their planned calls. */
@Module({
  imports: [CallPlanningModule, CustomersModule],
  controllers: [CustomerCommandsRpc],
  providers: [
    DeletePreference,
    OptOutCustomer,
    PutConsent,
    PutPreferences,
    SavePreferences,
    SetDoNotCall,
    UpdateCustomer,
  ],
  exports: [OptOutCustomer],
})
export class CustomerCommandsModule {}
